package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs every row of `docs/reference/bad-input.md`: exit code, message, and that earlier results are untouched.
@Execution(ExecutionMode.CONCURRENT)
class BadInputIT {

    private static final String EARLIER = "an earlier result\n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    // the full disk of one row is a mount, which JUnit cannot delete
    @AfterEach
    void unmount() {
        if (BadInput.mounted(folder.resolve("out"))) {
            Distribution.execute(
                    folder, Map.of(), List.of("umount", folder.resolve("out").toString()));
        }
    }

    /// A row of the table.
    record Row(String name, int exit, String says) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() throws IOException {
        var table = Distribution.checkout().resolve("docs/reference/bad-input.md");
        return Files.readAllLines(table).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> {
                    var cells = line.split("\\|", -1);
                    return new Row(unquote(cells[1]), Integer.parseInt(cells[3].strip()), unquote(cells[4]));
                });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void badInput_asDocumented_givesCodeAndMessage(Row row) throws IOException {
        var input = Objects.requireNonNull(BadInput.CASES.get(row.name()), () -> "no case of row " + row.name());
        var before = Files.createDirectories(folder.resolve("out"));
        Files.writeString(before.resolve("report.json"), EARLIER);
        var arguments = input.prepare(folder);
        assumeTrue(!arguments.isEmpty(), "this machine cannot make the fault of " + row.name());

        var result = Distribution.run(folder, Distribution.SHORT, arguments);

        assertThat(result.out() + result.err()).contains(row.says());
        assertThat(result.code()).as(result.err()).isEqualTo(row.exit());
        assertThat(result.err()).doesNotContain("\tat ").doesNotContain("Exception in thread");
        assertThat((result.out() + result.err()).chars().filter(c -> c != '\n' && Character.isISOControl(c)))
                .as("control characters")
                .isEmpty();
        if (row.exit() != 0 && row.exit() != BadInput.SAFETY) {
            assertThat(before.resolve("report.json")).hasContent(EARLIER);
            assertThat(before).isDirectoryNotContaining("glob:**/.*");
        }
    }

    @Test
    void table_andCases_nameTheSame() throws IOException {
        assertThat(rows().map(Row::name).toList())
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(BadInput.CASES.keySet()))
                .hasSizeGreaterThanOrEqualTo(120);
    }

    private static String unquote(String cell) {
        var text = cell.strip();
        return text.substring(1, text.length() - 1);
    }

    static List<String> list(String... arguments) {
        return new ArrayList<>(List.of(arguments));
    }
}
