package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Plugins that misbehave cost nothing but themselves: no exit status 0 without results, earlier results stay, the
/// other plugins' results are kept, and no trace is shown.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class HostilePluginIT {

    private static final int PLUGIN_FAILED = 5;
    private static final String EARLIER = "an earlier result\n";

    private static final String STUDY = """
            study: small
            source:
              plugin: files
              settings:
                format: table
                file: judgments.csv
                item: item
                annotator: annotator
                pair: {first: a, second: b, choice: choice, values: {a: first, b: second}}
                attributes: [{name: side, column: side, levels: [left, right]}]
                candidates: {file: candidates.csv, item: item, id: id, text: text}
            seats: {attribute: side}
            profiler: {plugin: groups}
            algorithms:
              - {plugin: hostile, formulations: [hostile]}
              - {plugin: nash-dpo, formulations: [population]}
            evaluators: []
            """;

    private Path folder = Path.of("");

    @BeforeAll
    void writeFiles(@TempDir Path made) throws IOException {
        folder = made;
        HostileBundle.write(folder.resolve("plugins/hostile.jar"), "hostile", "", UnaryOperator.identity());
        Files.writeString(folder.resolve("games.json"), "{\"games\":[{\"P\":[[0.5,0.9],[0.1,0.5]]}]}");
        Files.writeString(folder.resolve("study.yaml"), STUDY);
        Files.writeString(folder.resolve("candidates.csv"), "item,id,text\nq1,x,one\nq1,y,two\nq1,z,three\n");
        var judgments = new StringBuilder("item,annotator,a,b,choice,side\n");
        for (int n = 0; n < 40; n++) {
            judgments.append("q1,w").append(n / 2).append(n % 2 == 0 ? ",x,y," : ",y,z,");
            judgments.append(n % 3 == 0 ? "b," : "a,").append(n % 4 < 2 ? "left\n" : "right\n");
        }
        Files.writeString(folder.resolve("judgments.csv"), judgments);
    }

    private Distribution.Result run(Map<String, String> hostile, String... arguments) {
        var environment = new HashMap<>(hostile);
        environment.put("POLYPHONY_PLUGINS", folder.resolve("plugins").toString());
        environment.put("POLYPHONY_LOG", folder.resolve("log").toString());
        environment.put("POLYPHONY_PLUGIN_TIMEOUT", "4s");
        return Distribution.run(folder, environment, List.of(arguments));
    }

    private Distribution.Result solve(String behaviour) {
        return run(
                Map.of("HOSTILE", behaviour),
                "solve",
                "games.json",
                "--algorithm",
                "hostile",
                "--formulation",
                "hostile");
    }

    private static void assertFailed(Distribution.Result result) {
        assertThat(result.code()).as(result.err()).isEqualTo(PLUGIN_FAILED);
        assertThat(result.err())
                .contains("polyphony: ")
                .hasSizeLessThan(10_000)
                .doesNotContain("\tat ", "Exception in thread", "\u001b", "\u0007");
    }

    @ParameterizedTest
    @CsvSource({
        "exit-reflected, a plugin called System.exit",
        "exit-natively, ended before Polyphony had finished",
        "abort, ended before Polyphony had finished",
        "crash, ended before Polyphony had finished"
    })
    void solve_pluginEndsTheProcess_isNoSuccess(String behaviour, String says) {
        var result = solve(behaviour);

        assertFailed(result);
        assertThat(result.err()).contains(says);
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "exit, a plugin may not end the process",
        "halt, a plugin may not end the process",
        "spin, ran for 4 s",
        "deadlock, ran for 4 s",
        "flood, ran for 4 s",
        "overflow, it recursed too deep",
        "linkage, NoSuchMethodError: gone()",
        "initialiser, ExceptionInInitializerError",
        "error, OwnError: an error of its own",
        "silent, SilentException: it does not say what",
        "long, … (50000000 characters)",
        "control, \\u001b[31m\\u0007",
        "checked, IOException: not declared",
        "close-memory, has ended"
    })
    void solve_pluginFails_isToldInOneLine(String behaviour, String says) {
        var result = solve(behaviour);

        assertFailed(result);
        assertThat(result.out() + result.err()).contains(says).contains("hostile");
    }

    @Test
    void solve_heapFull_isAFailureOfResources() {
        assertThat(solve("memory").code()).isIn(PLUGIN_FAILED, 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"print", "redirect", "threads", "state", "read-input", "hook", "keep-memory"})
    void solve_pluginMeddlesWithTheProcess_resultsAreTheSame(String behaviour) {
        var quiet = run(Map.of(), "solve", "games.json", "--algorithm", "hostile", "--formulation", "hostile");

        var result = solve(behaviour);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo(quiet.out()).isNotEmpty();
        assertThat(result.err()).isEqualTo(quiet.err());
    }

    @Test
    void solve_pluginFloodsStandardOutput_logIsBoundedAndNamed() throws IOException {
        var result = solve("flood");

        var log = Path.of(
                result.err().lines().reduce((_, last) -> last).orElseThrow().replaceFirst(".* in ", ""));
        assertThat(log).exists().hasParent(folder.resolve("log"));
        assertThat(Files.size(log)).isBetween(8L << 19, 8L << 20);
        assertThat(Files.readString(log)).contains("hostile 1.0.0 call] ffff").contains("the log is full");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit-reflected", "exit-natively", "crash"})
    void study_pluginEndsTheProcess_earlierResultsStay(String behaviour) throws IOException {
        var out = Files.createDirectories(folder.resolve("out-" + behaviour));
        Files.writeString(out.resolve("report.json"), EARLIER);

        var result = run(Map.of("HOSTILE", behaviour), "study", "run", "study.yaml", "--out", out.toString());

        assertFailed(result);
        assertThat(out.resolve("report.json")).hasContent(EARLIER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit", "halt", "spin", "error"})
    void study_onePluginFails_theOthersResultsAreKept(String behaviour) throws IOException {
        var out = folder.resolve("kept-" + behaviour);

        var result = run(Map.of("HOSTILE", behaviour), "study", "run", "study.yaml", "--out", out.toString());

        assertFailed(result);
        assertThat(Files.readString(out.resolve("report.json"))).contains("\"population\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit-natively", "halt", "deadlock"})
    void export_pluginMisbehaves_writesNothing(String behaviour) {
        var out = folder.resolve("export-" + behaviour);

        var result = run(
                Map.of("HOSTILE", behaviour),
                "data",
                "export",
                "study.yaml",
                "--to",
                "trl",
                "--formulation",
                "hostile",
                "--out",
                out.toString());

        assertFailed(result);
        assertThat(out.resolve("preferences.jsonl")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "spin", "exit"})
    void start_fails_isToldAndTheOthersWork(String start) {
        var needed = run(
                Map.of("HOSTILE_START", start),
                "solve",
                "games.json",
                "--algorithm",
                "hostile",
                "--formulation",
                "hostile");
        assertFailed(needed);
        assertThat(needed.err()).contains("hostile.jar");

        var others = run(Map.of("HOSTILE_START", start), "algo", "list");
        assertThat(others.code()).as(others.err()).isZero();
        // a list starts nothing
        assertThat(others.out()).contains("nash-dpo", "hostile");
        assertThat(others.err()).isEmpty();
    }

    @Test
    void badJars_areSetAsideAndTheOthersWork() throws IOException {
        var bad = Files.createDirectories(folder.resolve("bad"));
        Files.writeString(bad.resolve("text.jar"), "no zip");
        HostileBundle.write(bad.resolve("missing.jar"), "missing", ",com.example.absent", UnaryOperator.identity());
        HostileBundle.write(bad.resolve("future.jar"), "future", "", HostilePluginIT::ofTheFuture);
        var whole = Files.readAllBytes(folder.resolve("plugins/hostile.jar"));
        Files.write(bad.resolve("cut.jar"), java.util.Arrays.copyOf(whole, whole.length / 2));
        var said = new ArrayList<String>();

        var list = run(Map.of(), "algo", "list", "--plugins", bad.toString());
        said.addAll(list.err().lines().toList());

        assertThat(list.code()).as(list.err()).isZero();
        assertThat(list.out()).contains("nash-dpo", "hostile");
        for (var name : List.of("text.jar", "future.jar", "cut.jar")) {
            assertThat(said).anyMatch(line -> line.startsWith("polyphony: warning: ") && line.contains(name));
        }
        assertThat(said).anyMatch(line -> line.contains("is compiled for Java 55, this is Java 25"));
        // what it lacks is known when it is resolved, which a list does not
        assertThat(list.out()).contains("missing");
        var missing = run(Map.of(), "solve", "games.json", "--algorithm", "missing", "--plugins", bad.toString());
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).contains("missing.jar", "it needs com.example.absent");
        var needed = run(Map.of(), "solve", "games.json", "--algorithm", "cut", "--plugins", bad.toString());
        assertThat(needed.code()).isEqualTo(3);
        assertThat(needed.err()).contains("no algorithm is called 'cut'").contains("set aside: ");
    }

    @Test
    void twoOfOneId_areListedByTheNamesThatFindThem() throws IOException {
        var more = Files.createDirectories(folder.resolve("twins"));
        HostileBundle.write(more.resolve("one.jar"), "social-choice", "", UnaryOperator.identity());

        var list = run(Map.of(), "algo", "list", "--plugins", more.toString());
        assertThat(list.code()).as(list.err()).isZero();
        var names = list.out()
                .lines()
                .map(line -> line.split("\\s+")[0])
                .filter(name -> name.contains("social-choice"))
                .toList();
        assertThat(names)
                .hasSize(2)
                .contains("unnamed/social-choice@1.0.0")
                .allSatisfy(name -> assertThat(run(Map.of(), "algo", "describe", name, "--plugins", more.toString())
                                .code())
                        .as(name)
                        .isZero());
        var plugins = run(Map.of(), "plugin", "list", "--json", "--plugins", more.toString());
        assertThat(plugins.out()).contains("\"name\" : \"unnamed/social-choice@1.0.0\"");
    }

    private static byte[] ofTheFuture(byte... bytes) {
        bytes[7] = 99; // the major version
        return bytes;
    }
}
