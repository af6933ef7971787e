package org.polyphony.preferences;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Finds the public data that are not committed; a test that needs them is skipped where they are absent.
public final class RealData {
    private RealData() {}

    /// A folder of the data, or the test is skipped.
    public static Path folder(String name) {
        Optional<Path> folder = root().map(root -> root.resolve(name)).filter(Files::isDirectory);
        assumeTrue(
                folder.isPresent(),
                () -> "the public data '" + name
                        + "' are not here: set POLYPHONY_DATA or -Dpolyphony.data to the folder that holds them");
        return folder.orElseThrow();
    }

    /// Records of a CSV file, quoted fields with commas, quotes and line breaks included; gzip by its name.
    public static List<List<String>> csv(Path file) {
        String text;
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        List<List<String>> records = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quoted) {
                if (c != '"') {
                    field.append(c);
                } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    field.append('"');
                    at++;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                fields.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    records.add(fields);
                    fields = new ArrayList<>();
                }
            } else if (c != '\r') {
                field.append(c);
            }
        }
        if (field.length() > 0 || !fields.isEmpty()) {
            fields.add(field.toString());
            records.add(fields);
        }
        return records;
    }

    private static Optional<Path> root() {
        String named = System.getProperty("polyphony.data", System.getenv().getOrDefault("POLYPHONY_DATA", ""));
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path pom = at.resolve("pom.xml");
            try {
                if (Files.isRegularFile(pom)
                        && Files.readString(pom).contains("<artifactId>polyphony-parent</artifactId>\n  <version>")) {
                    return Optional.of(at.resolveSibling("shared").resolve("data"));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + pom, e);
            }
        }
        return Optional.empty();
    }
}
