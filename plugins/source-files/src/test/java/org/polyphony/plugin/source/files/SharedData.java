package org.polyphony.plugin.source.files;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The folder of large real data, which is not part of the project.
final class SharedData {

    private SharedData() {}

    /// The folder `name`; the test is skipped where it is absent.
    static Path folder(String name) {
        Path folder = root().resolve(name);
        assumeTrue(
                Files.isDirectory(folder),
                () -> "no data in " + folder + "; set POLYPHONY_DATA to the folder that holds " + name);
        return folder;
    }

    private static Path root() {
        String given = Optional.ofNullable(System.getProperty("polyphony.data"))
                .or(() -> Optional.ofNullable(System.getenv("POLYPHONY_DATA")))
                .orElse("");
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !isRepository(folder)) {
            folder = folder.getParent();
        }
        return folder.resolveSibling("shared").resolve("data");
    }

    private static boolean isRepository(Path folder) {
        Path pom = folder.resolve("pom.xml");
        try {
            return Files.exists(pom)
                    && Files.readString(pom)
                            .replaceAll("(?s)<parent>.*?</parent>", "")
                            .contains("<artifactId>polyphony-parent");
        } catch (IOException e) {
            return false;
        }
    }
}
