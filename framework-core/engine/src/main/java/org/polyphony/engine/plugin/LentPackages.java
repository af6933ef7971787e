package org.polyphony.engine.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// The packages that the host lends to plugins: the SPI and the libraries it shares with them. Computed by the
/// build from the class path, so that versions and dependencies are those the host is started with.
final class LentPackages {

    private static final String RESOURCE = "/META-INF/polyphony/system-packages";

    private final String header;
    private final Map<String, Version> versions = new LinkedHashMap<>();

    private LentPackages(String header) {
        this.header = header;
        for (var clause : ManifestHeader.parse(header)) {
            var version = Version.parseVersion(clause.attribute("version"));
            clause.paths().forEach(name -> versions.put(name, version));
        }
    }

    static LentPackages load() {
        try (var input = LentPackages.class.getResourceAsStream(RESOURCE)) {
            if (input == null) {
                throw new AlignmentException(
                        StandardErrorCode.INTERNAL,
                        "the engine's jar has no " + RESOURCE + "; build it with Maven, whose phase process-classes"
                                + " computes it");
            }
            var text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
            return new LentPackages(text.strip().replace('\n', ','));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The value of the framework property `org.osgi.framework.system.packages.extra`.
    String header() {
        return header;
    }

    /// The version of a lent package.
    Optional<Version> version(String name) {
        return Optional.ofNullable(versions.get(name));
    }
}
