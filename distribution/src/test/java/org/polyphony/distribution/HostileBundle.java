package org.polyphony.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.polyphony.distribution.hostile.HostileAlgorithm;
import org.polyphony.distribution.hostile.HostileSettings;
import org.polyphony.spi.alignment.AlignmentAlgorithm;

/// Packs the classes of `org.polyphony.distribution.hostile` as a plugin author's build would.
final class HostileBundle {

    private HostileBundle() {}

    /// Writes the bundle of a plugin.
    ///
    /// @param id the plugin's id
    /// @param imports packages that it needs beside those of the SPI
    /// @param classes changes the bytes of each class
    static Path write(Path file, String id, String imports, UnaryOperator<byte[]> classes) throws IOException {
        Files.createDirectories(file.getParent());
        var manifest = new Manifest();
        var headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", id);
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue(
                "Import-Package",
                "org.polyphony.spi.alignment,org.polyphony.spi.context,org.polyphony.spi.error,org.polyphony.spi.plugin,"
                        + "org.polyphony.spi.tensor,org.jspecify.annotations;resolution:=optional" + imports);
        headers.putValue(
                "Provide-Capability",
                "org.polyphony.plugin;id=" + id + ";class=\"" + HostileAlgorithm.class.getName() + "\";role=\""
                        + AlignmentAlgorithm.class.getName() + "\";settings=\"" + HostileSettings.class.getName()
                        + "\";summary=hostile;formulations=hostile");
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (var name : names()) {
                jar.putNextEntry(new JarEntry(name));
                try (InputStream in = HostileBundle.class.getResourceAsStream("/" + name)) {
                    jar.write(classes.apply(in.readAllBytes()));
                }
            }
        }
        return file;
    }

    private static List<String> names() throws IOException {
        var folder = HostileAlgorithm.class.getPackageName().replace('.', '/');
        // a location is a URL, in which a space is %20
        var classes = URI.create(HostileAlgorithm.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString());
        try (var files = Files.list(Path.of(classes).resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("package"))
                    .sorted()
                    .map(name -> folder + "/" + name)
                    .toList();
        }
    }
}
