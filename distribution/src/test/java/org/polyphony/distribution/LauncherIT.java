package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The start script, wherever it lies and however it is reached.
class LauncherIT {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path temporary;

    private Path folder = Path.of("");

    @BeforeEach
    void realFolder() throws IOException {
        folder = temporary.toRealPath();
    }

    @Test
    void start_throughAChainOfLinks_findsItsFolder() throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("opt"));
        Files.createSymbolicLink(
                folder.resolve("opt/current"), Distribution.home().resolve("polyphony"));
        Files.createSymbolicLink(folder.resolve("bin/polyphony"), Path.of("../opt/current"));
        assertStarts(run(Map.of(), "bin/polyphony --version"));
        // found on the path, from another folder
        var path = folder.resolve("bin") + ":" + System.getenv("PATH");
        assertStarts(run(Map.of("PATH", path), "cd opt && polyphony --version"));
    }

    @Test
    void start_inAFolderOfAnyName_makesAndUsesItsCache() throws IOException {
        Path home = install("-a folder (of any name) $HOME * ; 'quoted'");
        for (int time = 0; time < 2; time++) {
            assertStarts(run(Map.of("HERE", home.toString()), "\"$HERE/polyphony\" --version"));
            try (var cached = Files.list(home.resolve(".cache"))) {
                assertThat(cached.map(file -> file.getFileName().toString()))
                        .singleElement()
                        .asString()
                        .startsWith("start-25")
                        .endsWith(".aot");
            }
        }
    }

    @Test
    void start_withCdpath_staysInItsFolder() throws IOException {
        install("bin");
        Files.createDirectories(folder.resolve("elsewhere/bin"));
        var environment = Map.of("CDPATH", folder.resolve("elsewhere").toString(), "POLYPHONY_NO_CACHE", "1");
        assertStarts(run(environment, "bin/polyphony --version"));
        assertStarts(run(environment, "cd ./bin && sh polyphony --version"));
    }

    @Test
    void start_withoutAHomeToRead_works() throws IOException {
        assertStarts(run(Map.of("HOME", "/nonexistent"), command() + " --version"));
        assertStarts(run(Map.of(), "unset HOME; " + command() + " --version"));
    }

    @Test
    void start_whereNothingCanBeWritten_worksWithoutItsCache() throws IOException {
        Path home = install("read-only");
        Files.createFile(home.resolve(".cache")); // where the folder would go: fails for root, too
        assertStarts(run(Map.of("HERE", home.toString()), "\"$HERE/polyphony\" --version"));
        assertThat(home.resolve(".cache")).isEmptyFile();
    }

    @Test
    void start_inAFolderWithAColon_saysWhatToDo() throws IOException {
        Path home = install("a:b");
        var result = run(Map.of("HERE", home.toString()), "\"$HERE/polyphony\" --version");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("a folder whose name has a colon", "a:b", "move it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lots", "8x", "-1g", "1 g", "8gb", "g"})
    void start_heapThatIsNoSize_saysWhatToGive(String heap) {
        var result = run(Map.of("POLYPHONY_MAX_HEAP", heap), command() + " --version");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("polyphony: POLYPHONY_MAX_HEAP is '" + heap + "'; give a size such as 900m or 8g\n");
    }

    @Test
    void solve_beyondTheLimitOfTensors_namesItAndRaisingItWorks() throws IOException {
        // 20 candidates: 3,200 bytes
        var row = "[" + String.join(",", Collections.nCopies(20, "0.5")) + "]";
        Files.writeString(
                folder.resolve("games.json"),
                "{\"games\":[{\"P\":[" + String.join(",", Collections.nCopies(20, row)) + "]}]}");
        var solve = command() + " solve games.json";
        var result = run(Map.of("POLYPHONY_MAX_TENSORS", "1k"), solve);
        assertThat(result.code()).isEqualTo(6);
        assertThat(result.err()).contains("of the 1024 that tensors may take; raise POLYPHONY_MAX_TENSORS");
        assertThat(run(Map.of("POLYPHONY_MAX_TENSORS", "1m"), solve).code()).isZero();
        var wrong = run(Map.of("POLYPHONY_MAX_TENSORS", "lots"), solve);
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(wrong.err()).contains("POLYPHONY_MAX_TENSORS is 'lots'; give a size such as 900m or 8g");
    }

    private static String command() {
        return "'" + Distribution.home().resolve("polyphony").toString().replace("'", "'\\''") + "'";
    }

    // the script in a folder of its own, with everything else where it was
    private Path install(String name) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Files.copy(Distribution.home().resolve("polyphony"), home.resolve("polyphony"));
        Files.createSymbolicLink(home.resolve("lib"), Distribution.home().resolve("lib"));
        Files.createSymbolicLink(home.resolve("plugins"), Distribution.home().resolve("plugins"));
        return home;
    }

    private Distribution.Result run(Map<String, String> environment, String command) {
        return Distribution.execute(folder, environment, List.of("sh", "-c", command));
    }

    private static void assertStarts(Distribution.Result result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("polyphony 0.");
        assertThat(result.code()).isZero();
    }
}
