package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A project of `samples`, copied to where a third party would have it, and built against the distribution.
///
/// @param folder the copy
record SampleProject(Path folder) {

    /// Copies `samples/NAME`, without what was built there and without solutions.
    static SampleProject copy(String name, Path folder) throws IOException {
        var sample = Distribution.checkout().resolve("samples").resolve(name);
        try (var files = Files.walk(sample)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var relative = sample.relativize(file);
                if (!relative.startsWith("target") && !relative.startsWith("solution")) {
                    var copy = folder.resolve(relative);
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        return new SampleProject(folder);
    }

    /// What `mvn verify` says; the local repository is this build's, so that plugins are not fetched again.
    Distribution.Result verify() {
        return Distribution.execute(
                folder,
                Map.of(),
                List.of(
                        Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                        "-B",
                        "-ntp",
                        "-q",
                        "verify",
                        "-Dpolyphony.home=" + Distribution.home(),
                        "-Dmaven.repo.local=" + System.getProperty("maven.repo.local")));
    }

    /// The same project, built.
    SampleProject built() {
        var build = verify();
        assertThat(build.code()).as(build.out()).isZero();
        return this;
    }
}
