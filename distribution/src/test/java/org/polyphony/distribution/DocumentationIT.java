package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs what the pages show. A fenced block of YAML, CSV or JSON says `file=NAME` behind its language, or `fragment` if
/// it is no whole file; with a block `file=study.yaml` the blocks since the last study, or heading, are a study that
/// runs.
@Execution(ExecutionMode.CONCURRENT)
class DocumentationIT {

    private static final Pattern FENCE = Pattern.compile("^```(yaml|yml|csv|tsv|json|jsonl)\\b *(.*)$");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /// A study that a page shows.
    ///
    /// @param place the page and the line of its study file
    /// @param files name → content
    record Example(String place, Map<String, String> files) {
        @Override
        public String toString() {
            return place;
        }
    }

    private static List<Path> pages() throws IOException {
        var root = Distribution.checkout();
        var pages = new ArrayList<Path>(List.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")));
        for (var folder : List.of("docs", "samples")) {
            try (var found = Files.walk(root.resolve(folder))) {
                found.filter(path -> path.toString().endsWith(".md"))
                        .filter(path -> !path.toString().contains("/target/"))
                        .sorted()
                        .forEach(pages::add);
            }
        }
        return pages;
    }

    static Stream<Example> examples() throws IOException {
        var examples = new ArrayList<Example>();
        for (var page : pages()) {
            var name = Distribution.checkout().relativize(page).toString();
            var files = new LinkedHashMap<String, String>();
            var lines = Files.readAllLines(page);
            for (int i = 0; i < lines.size(); i++) {
                var fence = FENCE.matcher(lines.get(i));
                if (lines.get(i).startsWith("#")) {
                    assertThat(files)
                            .as("files of %s above line %d that no study reads", name, i + 1)
                            .isEmpty();
                }
                if (!fence.matches()) {
                    continue;
                }
                var info = fence.group(2).strip();
                assertThat(info)
                        .as("%s, line %d: file=NAME or fragment behind the language", name, i + 1)
                        .matches("file=\\S+|fragment");
                int from = i + 1;
                while (!lines.get(++i).startsWith("```")) {
                    // to the end of the block
                }
                if (info.startsWith("file=")) {
                    files.put(info.substring("file=".length()), String.join("\n", lines.subList(from, i)) + "\n");
                }
                if (info.equals("file=study.yaml")) {
                    examples.add(new Example(name + ", line " + from, Map.copyOf(files)));
                    files.clear();
                }
            }
            assertThat(files).as("files of %s that no study reads", name).isEmpty();
        }
        return examples.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_asShown_runs(Example example) throws IOException {
        for (var file : example.files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        var result =
                Distribution.run(folder, Distribution.SHORT, List.of("study", "run", "study.yaml", "--out", "out"));
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(folder.resolve("out/report.json")).isNotEmptyFile();
    }

    @Test
    void examples_areFound() throws IOException {
        assertThat(examples().toList()).hasSizeGreaterThanOrEqualTo(5);
    }
}
