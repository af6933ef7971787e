package org.polyphony.games.parametric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitCheckpointTest {

    @TempDir
    Path folder;

    @Test
    void run_processKilledAgainAndAgain_endsWithTheBytesOfAnUninterruptedRun()
            throws IOException, InterruptedException {
        byte[] expected = FitProcess.fit(FitCheckpoint.none(), TestRun.of(3));
        var checkpoints = folder.resolve("checkpoints");
        var result = folder.resolve("result");
        int killed = 0;
        for (int attempt = 0; attempt < 100 && !Files.exists(result); attempt++) {
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            FitProcess.class.getName(),
                            checkpoints.toString(),
                            result.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
            // three times as soon as it has got further, then it may finish
            int before = round(checkpoints);
            while (process.isAlive() && (killed >= 3 || round(checkpoints) == before)) {
                process.waitFor(1, TimeUnit.MILLISECONDS);
            }
            if (process.isAlive()) {
                process.destroyForcibly();
                killed++;
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(() -> output()).isIn(0, 128 + 9);
        }

        assertThat(killed).isEqualTo(3);
        assertThat(Files.readAllBytes(result)).isEqualTo(expected);
    }

    @Test
    void run_stoppedAtAnyRound_resumesToTheSameBytes() {
        byte[] expected = FitProcess.fit(FitCheckpoint.none(), TestRun.of(3));
        var checkpoint = FitCheckpoint.in(folder);
        for (int stop : new int[] {1, 20, 5, 33}) {
            var stopped = TestRun.of(3).stoppedAfter(stop);
            assertThatIllegalStateException().isThrownBy(() -> FitProcess.fit(checkpoint, stopped));
        }

        var rest = TestRun.of(3);
        assertThat(FitProcess.fit(checkpoint, rest)).isEqualTo(expected);
        assertThat(rest.rounds).isLessThan(FitProcess.ROUNDS);
        assertThat(rest.notes).isEmpty();
    }

    @Test
    void run_finished_isReused() {
        var checkpoint = FitCheckpoint.in(folder);
        byte[] first = FitProcess.fit(checkpoint, TestRun.of(3));

        var again = TestRun.of(3);

        assertThat(FitProcess.fit(checkpoint, again)).isEqualTo(first);
        assertThat(again.rounds).isZero();
    }

    @Test
    void run_whatAKilledProcessHalfWrote_isDeletedAndAHugeFileIsNotRead() throws IOException {
        var checkpoint = FitCheckpoint.in(folder);
        byte[] first = FitProcess.fit(checkpoint, TestRun.of(3));
        var file = files().getFirst();
        var unfinished = Files.write(file.resolveSibling(file.getFileName() + ".next"), new byte[] {1, 2, 3});
        assertThat(FitProcess.fit(checkpoint, TestRun.of(3))).isEqualTo(first);
        assertThat(unfinished).doesNotExist();

        Files.write(file, new byte[1 << 20]);
        var run = TestRun.of(3);
        assertThat(FitProcess.fit(checkpoint, run)).isEqualTo(first);
        assertThat(run.notes).singleElement().asString().contains("has 1048576 bytes");
    }

    @Test
    void run_otherSeedOrSettings_keepAFileOfTheirOwn() throws IOException {
        var checkpoint = FitCheckpoint.in(folder);
        FitProcess.fit(checkpoint, TestRun.of(3));
        var other = TestRun.of(4);
        FitProcess.fit(checkpoint, other);

        assertThat(other.rounds).isEqualTo(FitProcess.ROUNDS);
        assertThat(files()).hasSize(2);
    }

    @Test
    void run_fileCutOffOrOfAnotherFit_isNotUsedAndSaysSo() throws IOException {
        byte[] expected = FitProcess.fit(FitCheckpoint.in(folder), TestRun.of(3));
        var file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        var other = folder.resolve("other");
        FitProcess.fit(FitCheckpoint.in(other), TestRun.of(4));
        byte[] foreign;
        try (var found = Files.list(other)) {
            foreign = Files.readAllBytes(found.findFirst().orElseThrow());
        }
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        byte[][] bad = {new byte[0], java.util.Arrays.copyOf(whole, whole.length / 2), damaged, foreign};
        String[] why = {"cut off", "checksum", "checksum", "another fit"};
        for (int n = 0; n < bad.length; n++) {
            Files.write(file, bad[n]);
            var run = TestRun.of(3);

            assertThat(FitProcess.fit(FitCheckpoint.in(folder), run)).isEqualTo(expected);
            assertThat(run.rounds).isEqualTo(FitProcess.ROUNDS);
            String reason = why[n];
            assertThat(run.notes)
                    .singleElement()
                    .satisfies(note -> assertThat(note).contains(reason).contains("not used"));
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    private List<Path> files() throws IOException {
        try (var found = Files.list(folder)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /// The last round that was written, -1 where none was.
    private static int round(Path checkpoints) {
        byte[] digest = FitCheckpoint.digest(FitProcess.problem(), FitProcess.settings(), 3);
        return FitCheckpoint.in(checkpoints)
                .read(digest, 1, FitProcess.problem().function().parameters(), note -> {
                    throw new AssertionError(note);
                })
                .map(FitState::round)
                .orElse(-1);
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
