package org.polyphony.engine.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

class ResultFolderTest {

    private static final List<String> NAMES = List.of("report.html", "report.json", "policy.arrow");
    private static final int NEVER = Integer.MAX_VALUE;
    private static final int POWER_LOSSES = 6;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void replace_secondFileFails_leavesEverythingAsItWas() throws IOException {
        write(folder, Disk.real(), "earlier");
        var files = contents("new");
        files.put("report.json", _ -> {
            throw new IOException("No space left on device");
        });
        var results = ResultFolder.open(folder);

        assertThatThrownBy(() -> results.replace("new", "test", "test", files))
                .isInstanceOfSatisfying(
                        AlignmentException.class,
                        failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.IO_FAILED))
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("Earlier results there are unchanged");

        assertHolds(folder, "earlier");
    }

    @Test
    void replace_allWritten_replacesAllAndDeletesWhatTheNewResultDoesNotHave() throws IOException {
        write(folder, Disk.real(), "earlier");
        Files.writeString(folder.resolve("notes.txt"), "a user's own");
        var files = contents("new");
        files.remove("policy.arrow");

        assertThat(ResultFolder.open(folder).replace("new", "test", "test", files))
                .containsExactly(folder.resolve("report.html"), folder.resolve("report.json"));

        assertThat(ResultFolder.read(folder).files()).containsOnlyKeys("report.html", "report.json");
        assertThat(folder.resolve("policy.arrow")).doesNotExist();
        assertThat(folder.resolve("notes.txt")).hasContent("a user's own");
    }

    @Test
    void read_filesOfTwoResults_refuses() throws IOException {
        write(folder, Disk.real(), "earlier");
        Files.writeString(folder.resolve("report.json"), "report.json of another");
        assertThatThrownBy(() -> ResultFolder.read(folder))
                .isInstanceOfSatisfying(
                        AlignmentException.class,
                        failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.FILE_MALFORMED))
                .hasMessageContaining("report.json is not the one")
                .hasMessageContaining("run the command");
        Files.delete(folder.resolve("report.json"));
        assertThatThrownBy(() -> ResultFolder.read(folder)).hasMessageContaining("report.json is missing");
    }

    @Test
    void read_noResult_saysSo() {
        assertThatThrownBy(() -> ResultFolder.read(folder))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("holds no result.json");
    }

    @Test
    void replace_stoppedAtEveryOperation_leavesTheEarlierResultOrTheNewOne() throws IOException {
        int operations = operations();
        int kept = 0;
        for (int stop = 0; stop < operations; stop++) {
            var place = Files.createDirectory(folder.resolve("stop-" + stop));
            write(place, unforced(place), "earlier");
            var disk = new LosingDisk(place, stop);
            assertThatThrownBy(() -> write(place, disk, "new")).isInstanceOf(LosingDisk.Stopped.class);
            // what a killed process leaves beside
            Files.writeString(place.resolve(FolderLock.NAME), "");

            var version = ResultFolder.read(place).manifest().id();
            kept += version.equals("earlier") ? 1 : 0;
            assertThat(version).isIn("earlier", "new");
            ResultFolder.open(place);
            assertHolds(place, version);
            write(place, Disk.real(), "newest");
            assertHolds(place, "newest");
        }
        assertThat(kept).as("operations before the new result counts").isBetween(8, operations - 5);
    }

    @Test
    void replace_diskFullAtEveryOperation_saysSoAndLeavesNothingBehind() throws IOException {
        int operations = operations();
        int failures = 0;
        for (int full = 0; full < operations; full++) {
            var place = Files.createDirectory(folder.resolve("full-" + full));
            write(place, unforced(place), "earlier");
            var expected = "new";
            try {
                write(place, new FullDisk(full), "new");
            } catch (AlignmentException e) {
                failures++;
                assertThat(e.code()).isEqualTo(StandardErrorCode.IO_FAILED);
                assertThat(e).hasMessageContaining("No space left on device");
                expected = String.valueOf(e.getMessage()).contains("Earlier results there are unchanged")
                        ? "earlier"
                        : "new";
            }
            assertThat(ResultFolder.read(place).manifest().id()).isEqualTo(expected);
            ResultFolder.open(place);
            assertHolds(place, expected);
        }
        // deleting what is left works on a full disk
        assertThat(failures).isBetween(operations - 6, operations);
    }

    @Test
    void replace_powerLostAtEveryOperation_leavesTheEarlierResultOrTheNewOne() throws IOException {
        int operations = operations();
        var random = new SplittableRandom(7);
        for (int stop = 0; stop <= operations; stop++) {
            for (int loss = 0; loss < POWER_LOSSES; loss++) {
                var place = Files.createDirectory(folder.resolve("power-" + stop + "-" + loss));
                write(place, unforced(place), "earlier");
                var disk = new LosingDisk(place, stop == operations ? NEVER : stop);
                try {
                    write(place, disk, "new");
                } catch (LosingDisk.Stopped _) {
                    // the process is gone
                }
                var after = Files.createDirectory(folder.resolve("after-" + stop + "-" + loss));
                disk.afterPowerLoss(after, random);

                var version = ResultFolder.read(after).manifest().id();
                assertThat(version).isIn(stop == operations ? List.of("new") : List.of("earlier", "new"));

                // the power fails once more while the next run tidies up
                var again = new LosingDisk(after, random.nextInt(10));
                try {
                    ResultFolder.open(after, again);
                } catch (LosingDisk.Stopped _) {
                    // gone again
                }
                var last = Files.createDirectory(folder.resolve("last-" + stop + "-" + loss));
                again.afterPowerLoss(last, random);
                assertThat(ResultFolder.read(last).manifest().id()).isEqualTo(version);
                ResultFolder.open(last);
                assertHolds(last, version);
            }
        }
    }

    @Test
    void open_aFile_saysSo() throws IOException {
        var file = Files.writeString(folder.resolve("taken"), "x");
        assertThatThrownBy(() -> ResultFolder.open(file))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("is a file");
    }

    @Test
    void open_aFolderWhereAFileGoes_saysSoBeforeAnythingIsDone() throws IOException {
        write(folder, Disk.real(), "earlier");
        Files.delete(folder.resolve("policy.arrow"));
        Files.createDirectories(folder.resolve("policy.arrow/full"));
        assertThatThrownBy(() -> ResultFolder.open(folder))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("policy.arrow is a folder");
        assertThat(folder.resolve("report.json")).hasContent("report.json of earlier");
    }

    @Test
    void replace_linksWhereFilesGo_replacesTheLinksAndNotWhatTheyPointTo() throws IOException {
        var elsewhere = Files.writeString(folder.resolve("elsewhere"), "somebody's own");
        var place = Files.createDirectory(folder.resolve("place"));
        for (var name : NAMES) {
            Files.createSymbolicLink(place.resolve(name), elsewhere);
        }
        var other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("kept"), "somebody's own");
        Files.createSymbolicLink(place.resolve(".polyphony-next"), other);

        write(place, Disk.real(), "new");

        assertThat(elsewhere).hasContent("somebody's own");
        assertThat(other.resolve("kept")).hasContent("somebody's own");
        assertHolds(place, "new");
    }

    @Test
    void replace_twoThreads_writeOneAfterTheOther() throws Exception {
        var threads = List.of("first", "second").stream()
                .map(version -> Thread.ofPlatform().start(() -> {
                    for (int n = 0; n < 10; n++) {
                        write(folder, Disk.real(), version);
                    }
                }))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        assertHolds(folder, ResultFolder.read(folder).manifest().id());
    }

    // forcing takes most of the time and means nothing while the machine stays up
    private static Disk unforced(Path place) throws IOException {
        return new LosingDisk(place, NEVER);
    }

    private int operations() throws IOException {
        var place = Files.createDirectory(folder.resolve("counted"));
        write(place, Disk.real(), "earlier");
        var counting = new LosingDisk(place, NEVER);
        write(place, counting, "new");
        assertHolds(place, "new");
        return counting.operations();
    }

    private static void write(Path place, Disk disk, String version) {
        ResultFolder.open(place, disk).replace(version, "test", "test", contents(version));
    }

    private static Map<String, ResultFolder.Content> contents(String version) {
        var files = new LinkedHashMap<String, ResultFolder.Content>();
        for (var name : NAMES) {
            files.put(name, target -> Files.writeString(target, name + " of " + version));
        }
        return files;
    }

    private static void assertHolds(Path place, String version) throws IOException {
        var result = ResultFolder.read(place);
        assertThat(result.manifest().id()).isEqualTo(version);
        assertThat(result.files()).containsOnlyKeys(NAMES);
        for (var name : NAMES) {
            assertThat(result.files().get(name)).isEqualTo(place.resolve(name));
            assertThat(place.resolve(name)).hasContent(name + " of " + version);
        }
        try (var entries = Files.list(place)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()).filter(name -> name.startsWith(".")))
                    .isEmpty();
        }
    }

    /// A disk that has no room left from one operation on; what makes room still works.
    private static final class FullDisk implements Disk {

        private final int full;
        private int operations;

        private FullDisk(int full) {
            this.full = full;
        }

        private void next() throws IOException {
            if (operations++ >= full) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void makeFolder(Path path) throws IOException {
            next();
            Disk.real().makeFolder(path);
        }

        @Override
        public void write(Path file, ResultFolder.Content content) throws IOException {
            if (operations + 1 == full) {
                Files.writeString(file, "half");
            }
            next();
            Disk.real().write(file, content);
        }

        @Override
        public void force(Path fileOrFolder) throws IOException {
            next();
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            next();
            Disk.real().rename(from, to);
        }

        @Override
        public void delete(Path fileOrFolder) throws IOException {
            operations++;
            Disk.real().delete(fileOrFolder);
        }
    }
}
