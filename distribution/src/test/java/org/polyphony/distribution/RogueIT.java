package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A third party's algorithm that breaks its contract, in the distribution as a user has it: what of it is
/// published, and how the command ends. The engine's own tests have the whole battery.
@Execution(ExecutionMode.CONCURRENT)
class RogueIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    // what it does where there are four candidates, so that golden calls do not find it out
    private static final String SOURCE = """
            package rogue;

            import java.util.*;
            import org.polyphony.spi.alignment.*;
            import org.polyphony.spi.context.PluginContext;
            import org.polyphony.spi.tensor.Tensor;

            public final class Rogue implements AlignmentAlgorithm {
                @Override public PolicySolution align(AlignmentRequest request, PluginContext context) {
                    var answers = new ArrayList<SolutionBucket>();
                    for (var bucket : request.games().buckets()) {
                        int n = bucket.games();
                        int k = bucket.candidates();
                        boolean cheat = k == 4;
                        if (cheat && request.formulation().equals("throw")) {
                            throw new IllegalStateException("thrown on purpose");
                        }
                        var logs = new double[n * k];
                        Arrays.fill(logs, Double.NEGATIVE_INFINITY);
                        var refused = new byte[n];
                        for (int g = 0; g < n; g++) {
                            int last = -1;
                            for (int i = 0; i < k; i++) {
                                if (bucket.allowed().getByte((long) g * k + i) == 1) {
                                    last = i;
                                } else if (cheat && request.formulation().equals("tiny")) {
                                    logs[g * k + i] = Math.log(1e-12);
                                }
                            }
                            refused[g] = (byte) (last < 0 ? 1 : 0);
                            if (last >= 0) {
                                logs[g * k + last] = 0;
                            }
                            if (cheat && request.formulation().equals("mask")) {
                                Arrays.fill(logs, g * k, g * k + k, Math.log(1.0 / k));
                            }
                            if (cheat && request.formulation().equals("nan")) {
                                logs[g * k] = Double.NaN;
                            }
                        }
                        var converged = new byte[n];
                        Arrays.fill(converged, (byte) 1);
                        answers.add(SolutionBucket.of(Tensor.ofDoubles(logs, n, k), Tensor.ofDoubles(new double[n], n),
                                Tensor.ofInts(new int[n], n), Tensor.ofBytes(converged, n), Tensor.ofBytes(refused, n)));
                        if (cheat && request.formulation().equals("fewer")) {
                            answers.clear();
                        }
                    }
                    return PolicySolution.of(answers);
                }
            }
            """;

    private static final String GAMES = "{\"games\":[{\"P\":[[0.5,0.9,0.9,0.9],[0.1,0.5,0.9,0.9],[0.1,0.1,0.5,0.9],"
            + "[0.1,0.1,0.1,0.5]],\"unsafe\":[0,1,0,0]}]}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @BeforeEach
    void plugin() throws IOException {
        var sources = Files.createDirectories(folder.resolve("source"));
        var source = Files.writeString(sources.resolve("Rogue.java"), SOURCE);
        var classes = Files.createDirectories(folder.resolve("classes"));
        try (var libraries = Files.list(Distribution.home().resolve("lib"))) {
            var api = libraries
                    .filter(jar -> jar.getFileName().toString().startsWith("polyphony-spi-api"))
                    .findFirst()
                    .orElseThrow();
            int code = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "-nowarn",
                            "-proc:none",
                            "-cp",
                            api.toString(),
                            "-d",
                            classes.toString(),
                            source.toString());
            assertThat(code).isZero();
        }
        Files.createDirectories(folder.resolve("plugins"));
        jar(classes, folder.resolve("plugins/rogue.jar"));
        Files.writeString(folder.resolve("games.json"), GAMES);
    }

    private static void jar(Path classes, Path target) throws IOException {
        var manifest = new Manifest();
        var headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "rogue");
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue(
                "Import-Package",
                "org.polyphony.spi.alignment;version=\"[2,3)\",org.polyphony.spi.context;version=\"[1,2)\","
                        + "org.polyphony.spi.plugin;version=\"[1,2)\",org.polyphony.spi.tensor;version=\"[1,2)\"");
        headers.putValue(
                "Provide-Capability",
                "org.polyphony.plugin;class=\"rogue.Rogue\";id=rogue;role=\"org.polyphony.spi.alignment.AlignmentAlgorithm\";"
                        + "settings=\"org.polyphony.spi.plugin.NoSettings\";summary=\"Breaks its contract\";"
                        + "formulations:List<String>=\"population,mask,tiny,nan,fewer,throw\"");
        try (var out = new JarOutputStream(Files.newOutputStream(target), manifest);
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    @Test
    void solve_answersThatAreNoPolicies_areRefusedWithStatus5() throws IOException {
        for (var formulation : List.of("mask", "tiny", "nan", "fewer", "throw")) {
            var run = solve(formulation);
            assertThat(run.code()).as(formulation + run.err()).isEqualTo(5);
            assertThat(run.err()).as(formulation).contains("PLUGIN_FAILED");
            var result = JSON.readTree(run.out()).at("/results/0");
            assertThat(result.path("standing").asText()).as(formulation).isEqualTo("REFUSED");
            assertThat(result.path("error").asText()).as(formulation).contains("PLUGIN_FAILED");
            assertThat(result.has("policy") || result.has("deployed") || result.has("profile"))
                    .as(formulation)
                    .isFalse();
        }
    }

    @Test
    void solve_convergenceThatIsNone_isRejectedWithStatus7() throws IOException {
        var run = solve("population");
        assertThat(run.code()).as(run.err()).isEqualTo(7);
        assertThat(run.err()).contains("RESULT_REJECTED");
        var result = JSON.readTree(run.out()).at("/results/0");
        assertThat(result.path("standing").asText()).isEqualTo("REJECTED");
        assertThat(result.path("residual").doubleValue()).isCloseTo(0.8, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(result.has("policy") || result.has("deployed")).isFalse();
    }

    @Test
    void study_oneOfTwoAlgorithmsThrows_theOtherIsKeptWithStatus5() throws IOException {
        var rows = new ArrayList<String>();
        rows.add("item,who,side,a,b,choice");
        for (int judge = 0; judge < 12; judge++) {
            for (var pair : List.of("x,y", "y,z", "z,w", "x,w")) {
                rows.add("q,j" + judge + "," + (judge % 2 == 0 ? "left" : "right") + "," + pair + ",one");
            }
        }
        Files.write(folder.resolve("votes.csv"), rows);
        Files.writeString(folder.resolve("study.yaml"), """
                study: rogue
                source:
                  plugin: files
                  settings:
                    format: table
                    file: votes.csv
                    item: item
                    annotator: who
                    pair: {first: a, second: b, choice: choice, values: {one: first, two: second}}
                    attributes: [{name: side, column: side}]
                seats: {attribute: side}
                profiler: {plugin: groups}
                algorithms:
                  - {plugin: nash-dpo, formulations: [population]}
                  - {plugin: rogue, formulations: [throw, nan]}
                evaluators: []
                """);
        var run = Distribution.run(
                folder,
                Distribution.SHORT,
                List.of("study", "run", "study.yaml", "--plugins", "plugins", "--out", "out"));
        assertThat(run.code()).as(run.err() + run.out()).isEqualTo(5);
        var report = JSON.readTree(folder.resolve("out/report.json").toFile());
        var item = report.at("/items/0/formulations");
        assertThat(item.at("/population/standing").asText()).isEqualTo("CERTIFIED");
        assertThat(item.has("throw")).isFalse();
        assertThat(item.at("/nan/standing").asText()).isEqualTo("REFUSED");
        assertThat(item.at("/nan/policy").isMissingNode()).isTrue();
    }

    private Distribution.Result solve(String formulation) {
        return Distribution.run(
                folder,
                List.of("solve", "games.json", "--plugins", "plugins", "-a", "rogue", "--formulation", formulation));
    }
}
