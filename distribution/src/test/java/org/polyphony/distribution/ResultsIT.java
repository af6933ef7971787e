package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.engine.result.ResultFolder;

/// What is left of results when a run is killed, when the disk is full, and when nobody takes what it prints.
@Execution(ExecutionMode.CONCURRENT)
class ResultsIT {

    private static final int RESOURCES = 6;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private Path temporary = Path.of("");

    @BeforeEach
    void study() throws IOException {
        temporary = Files.createDirectory(folder.resolve("temporary files"));
        Files.writeString(folder.resolve("study.yaml"), BadInput.STUDY);
        Files.writeString(folder.resolve("judgments.csv"), BadInput.judgments(40));
        Files.writeString(folder.resolve("candidates.csv"), BadInput.CANDIDATES);
    }

    @AfterEach
    void unmount() {
        if (BadInput.mounted(folder.resolve("out"))) {
            Distribution.execute(
                    folder, Map.of(), List.of("umount", folder.resolve("out").toString()));
        }
    }

    @Test
    void killedAtRandomMoments_aFewTimes_leavesOneWholeResult() throws Exception {
        kill(6);
    }

    @Test
    @Tag("slow")
    void killedAtRandomMoments_threeHundredTimes_leavesOneWholeResult() throws Exception {
        kill(Integer.getInteger("kills", 300));
    }

    private void kill(int times) throws Exception {
        var known = new HashSet<String>();
        long start = System.nanoTime();
        known.add(completed(0));
        long whole = (System.nanoTime() - start) / 1_000_000;
        var random = new SplittableRandom(5);
        int killed = 0;
        for (int n = 1; n <= times; n++) {
            long started = System.nanoTime();
            var process = start(n);
            // the last third is where results are written
            if (process.waitFor(random.nextLong(whole / 2, whole * 5 / 4), TimeUnit.MILLISECONDS)) {
                // the first run may have been the slowest, or the machine busier then
                whole = Math.min(whole, (System.nanoTime() - started) / 1_000_000);
            } else {
                killed++;
                var all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                        .toList();
                all.forEach(ProcessHandle::destroyForcibly);
                all.forEach(one -> one.onExit().join());
            }
            // throws where files of two results stand together
            known.add(ResultFolder.read(folder.resolve("out")).manifest().id());
        }
        known.add(completed(times + 1));
        assertThat(killed).as("of " + times).isPositive();
        assertThat(names(folder.resolve("out")))
                .containsExactlyInAnyOrder("report.html", "report.json", "policy.arrow", "result.json");
        assertThat(names(temporary)).isEmpty();
        assertThat(known).hasSizeGreaterThan(1);
    }

    private String completed(int seed) throws Exception {
        var process = start(seed);
        assertThat(process.waitFor()).isZero();
        return ResultFolder.read(folder.resolve("out")).manifest().id();
    }

    private Process start(int seed) throws IOException {
        var builder = new ProcessBuilder(
                        Distribution.home().resolve("polyphony").toString(),
                        "study",
                        "run",
                        "study.yaml",
                        "--quiet",
                        "--seed",
                        String.valueOf(seed),
                        "--out",
                        "out")
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment());
        return builder.start();
    }

    @Test
    void diskFull_aFewPositions_leavesTheEarlierResult() throws IOException {
        full(4);
    }

    @Test
    @Tag("slow")
    void diskFull_fiftyPositions_leavesTheEarlierResult() throws IOException {
        full(50);
    }

    private void full(int positions) throws IOException {
        var out = Files.createDirectory(folder.resolve("out"));
        assumeTrue(execute("mount -t tmpfs -o size=64m tmpfs out").code() == 0, "nobody may mount a disk here");
        var first = Distribution.run(folder, Distribution.SHORT, run(1));
        assertThat(first.code()).as(first.err()).isZero();
        var earlier = ResultFolder.read(out).manifest().id();
        long bytes = 0;
        for (var name : names(out)) {
            bytes += Files.size(out.resolve(name));
        }
        int failures = 0;
        for (int n = 0; n < positions; n++) {
            // a second result needs as much again
            long room = bytes * (n + 1) / positions;
            execute("head -c " + ((64L << 20) - bytes - room - 16_384) + " /dev/zero > out/ballast");
            var result = Distribution.run(folder, Distribution.SHORT, run(2 + n));
            Files.deleteIfExists(out.resolve("ballast"));
            var now = ResultFolder.read(out).manifest().id();
            if (result.code() == 0) {
                earlier = now;
            } else {
                failures++;
                assertThat(result.code()).as(result.err()).isEqualTo(RESOURCES);
                assertThat(now).isEqualTo(earlier);
                assertThat(names(out))
                        .containsExactlyInAnyOrder("report.html", "report.json", "policy.arrow", "result.json");
            }
        }
        assertThat(failures).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "algo list",
                "algo describe nash-dpo --json",
                "plugin list --json",
                "env",
                "solve games.json",
                "data stats study.yaml",
                "study run study.yaml --out out",
                "study run study.yaml --out out --json",
                "data export study.yaml --to trl --out pairs"
            })
    void standardOutput_fullOrClosed_endsWithItsOwnCode(String command) throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full here");
        Files.writeString(folder.resolve("games.json"), "{\"games\":[{\"P\":[[0.5,0.9],[0.1,0.5]]}]}");
        var polyphony = "'" + Distribution.home().resolve("polyphony") + "' " + command;
        for (var to : List.of("> /dev/full", ">&-")) {
            var result = execute(polyphony + " " + to);
            assertThat(result.code()).as(to + ": " + result.err()).isEqualTo(RESOURCES);
            assertThat(result.err()).contains("standard output");
        }
    }

    @Test
    void standardOutput_readerThatHasReadEnough_endsQuietly() throws IOException {
        var polyphony = "'" + Distribution.home().resolve("polyphony") + "'";
        var result = execute("{ sleep 1; " + polyphony + " algo list; echo $? > code; } | true");
        assertThat(result.err()).isEmpty();
        assertThat(Files.readString(folder.resolve("code"))).isEqualTo("141\n");
    }

    private Distribution.Result execute(String command) {
        return Distribution.execute(folder, environment(), List.of("sh", "-c", command));
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(Distribution.SHORT);
        environment.put("TMPDIR", temporary.toString());
        return environment;
    }

    private static List<String> run(int seed) {
        return new ArrayList<>(
                List.of("study", "run", "study.yaml", "--quiet", "--seed", String.valueOf(seed), "--out", "out"));
    }

    private static Set<String> names(Path place) throws IOException {
        try (var entries = Files.list(place)) {
            return entries.map(entry -> entry.getFileName().toString()).collect(java.util.stream.Collectors.toSet());
        }
    }
}
