package org.polyphony.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private Path folder(String name) throws IOException {
        return Files.createDirectory(base.resolve(name));
    }
}
