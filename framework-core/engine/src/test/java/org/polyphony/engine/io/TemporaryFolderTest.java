package org.polyphony.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.spi.error.AlignmentException;

class TemporaryFolderTest {

    // beyond what Linux gives to a process
    private static final long NOBODY = 4_999_999;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path base;

    @Test
    void open_foldersOfDeadProcesses_areDeleted() throws IOException {
        var killed = folder("polyphony-" + NOBODY + "-1700000000");
        Files.writeString(killed.resolve("lock"), "");
        Files.createDirectories(killed.resolve("bundles-1/bundle2"));
        Files.writeString(killed.resolve("bundles-1/bundle2/library.so"), "native code");
        var neverStarted = folder("polyphony-" + NOBODY + "-" + Instant.now().getEpochSecond());
        var longAgo = folder("polyphony-" + ProcessHandle.current().pid() + "-1700000000");

        var opened = TemporaryFolder.open(base);

        assertThat(killed).doesNotExist();
        assertThat(neverStarted).doesNotExist();
        assertThat(longAgo).doesNotExist();
        opened.delete();
        assertThat(base).isEmptyDirectory();
    }

    @Test
    void open_foldersOfLivingProcessesAndOthers_stay() throws IOException {
        var live = TemporaryFolder.open(base);
        Files.writeString(live.makeFolder("bundles-").resolve("library.so"), "native code");
        var starting = folder("polyphony-" + ProcessHandle.current().pid() + "-"
                + Instant.now().getEpochSecond());
        var foreign = folder("polyphony-of-somebody");
        var link = Files.createSymbolicLink(base.resolve("polyphony-1-1"), foreign);

        var opened = TemporaryFolder.open(base);
        opened.delete();

        assertThat(live.root()).isNotEmptyDirectory();
        assertThat(starting).exists();
        assertThat(foreign).exists();
        assertThat(link).isSymbolicLink();
        live.delete();
        assertThat(live.root()).doesNotExist();
    }

    @Test
    void open_folderThatTheStartScriptMade_isTaken() throws IOException {
        var given = folder("polyphony-" + ProcessHandle.current().pid() + "-"
                + Instant.now().getEpochSecond());
        var opened = TemporaryFolder.open(given);
        assertThat(opened.root()).isEqualTo(given);
        assertThat(opened.makeFolder("bundles-").getParent()).isEqualTo(given);
        opened.delete();
        assertThat(base).isEmptyDirectory();
    }

    @Test
    void open_fileWhereTheFolderShouldBe_isRefused() throws IOException {
        var given = Files.createFile(base.resolve("polyphony-"
                + ProcessHandle.current().pid() + "-" + Instant.now().getEpochSecond()));
        assertThatThrownBy(() -> TemporaryFolder.open(given))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("cannot make a folder for temporary files in " + given);
        assertThat(given).isRegularFile();
    }

    // a sweep that ran between the opening of the lock's file and its lock once left a process without its folder
    @Test
    void open_otherProcessesSweepMeanwhile_folderIsThere() throws Exception {
        int processes = 3;
        var outputs = new ArrayList<Path>();
        var started = new ArrayList<Process>();
        for (int i = 0; i < processes; i++) {
            outputs.add(Files.createTempFile("opens", ".txt"));
            started.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OpensManyFolders.class.getName(),
                            base.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(outputs.get(i).toFile())
                    .start());
        }
        for (int i = 0; i < processes; i++) {
            assertThat(started.get(i).waitFor())
                    .as(Files.readString(outputs.get(i)))
                    .isZero();
            Files.delete(outputs.get(i));
        }
        assertThat(base).isEmptyDirectory();
    }

    /// Opens folders one after another, as if each were a process of its own.
    static final class OpensManyFolders {

        private OpensManyFolders() {}

        public static void main(String[] args) {
            var base = Path.of(args[0]);
            for (int i = 0; i < 400; i++) {
                var name = "polyphony-" + ProcessHandle.current().pid() + "-" + (1_700_000_000 + i);
                var given = i % 2 == 0 ? base : base.resolve(name);
                var opened = TemporaryFolder.open(given);
                opened.makeFolder("bundles-");
                if (i % 2 == 1 && !opened.root().equals(given)) {
                    throw new IllegalStateException("not the given folder but " + opened.root());
                }
                opened.delete();
            }
        }
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectory(base.resolve(name));
    }
}
