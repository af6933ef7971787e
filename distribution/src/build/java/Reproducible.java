import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Rewrites the jars of this build so that their bytes depend on their content alone: not on the JDK that runs Maven,
/// whose hash order is that of `pom.properties`, nor on the time zone, the umask or the order of files on disk.
///
/// `java Reproducible.java CHECKOUT TIMESTAMP`. A jar that was rewritten before says so in its comment.
final class Reproducible {

    private static final String DONE = "reproducible";

    public static void main(String[] args) throws IOException {
        var when = LocalDateTime.ofInstant(Instant.parse(args[1]), ZoneOffset.UTC);
        List<Path> jars;
        // a checkout that was reached through a link is walked where it really is
        try (var files = Files.find(Path.of(args[0]).toRealPath(), 4, (file, _) -> isOurs(file))) {
            jars = files.sorted().toList();
        }
        jars.parallelStream().forEach(jar -> {
            try {
                rewrite(jar, when);
            } catch (IOException e) {
                throw new UncheckedIOException(jar.toString(), e);
            }
        });
    }

    // FOLDER/MODULE/target/polyphony-X.jar; no benchmarks, which are shipped nowhere and may be built meanwhile
    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        Path folder = file.toAbsolutePath().getParent();
        return name.startsWith("polyphony-")
                && name.endsWith(".jar")
                && folder.endsWith("target")
                && !folder.endsWith("benchmarks/target");
    }

    private static void rewrite(Path jar, LocalDateTime when) throws IOException {
        var entries = new TreeMap<String, byte[]>();
        try (var in = new ZipFile(jar.toFile())) {
            if (DONE.equals(in.getComment())) {
                return;
            }
            for (var entry : (Iterable<ZipEntry>) in.stream().map(ZipEntry.class::cast)::iterator) {
                entries.put(entry.getName(), in.getInputStream(entry).readAllBytes());
            }
        }
        entries.replaceAll((name, content) -> name.endsWith("/pom.properties") ? sorted(content) : content);
        Path fresh = jar.resolveSibling(jar.getFileName() + ".tmp");
        try (var out = new ZipOutputStream(Files.newOutputStream(fresh))) {
            out.setComment(DONE);
            // JarInputStream wants the manifest first
            for (String first : List.of("META-INF/", "META-INF/MANIFEST.MF")) {
                byte[] content = entries.remove(first);
                if (content != null) {
                    write(out, first, content, when);
                }
            }
            for (var entry : entries.entrySet()) {
                write(out, entry.getKey(), entry.getValue(), when);
            }
        }
        Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(ZipOutputStream out, String name, byte[] content, LocalDateTime when)
            throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(when);
        if (name.endsWith("/")) {
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(0);
            entry.setCrc(new CRC32().getValue());
        }
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    // comments hold the time of the build
    private static byte[] sorted(byte[] properties) {
        var out = new ByteArrayOutputStream();
        new String(properties, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .forEach(line -> out.writeBytes((line + "\n").getBytes(StandardCharsets.ISO_8859_1)));
        return out.toByteArray();
    }
}
