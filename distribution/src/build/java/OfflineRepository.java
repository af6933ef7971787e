import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;

/// Lays out what third parties build against as a Maven repository: jar, sources, a pom without our parent, and javadoc
/// of what is stable.
///
/// `java OfflineRepository.java CHECKOUT POMS REPOSITORY VERSION TIMESTAMP`; the poms name the artefacts.
///
/// Maven fetches a snapshot again where the repository's metadata name another file than before. The number of ours
/// comes from the content, so that another build is another snapshot and the same build the same bytes.
final class OfflineRepository {

    private static final String SNAPSHOT = "-SNAPSHOT";
    private static final Set<String> DOCUMENTED = Set.of("sources", "javadoc");
    private static final Set<String> INNER = Set.of("sources");
    private static final List<Module> MODULES = List.of(
            new Module("polyphony-spi-api", "spi/api", DOCUMENTED),
            new Module("polyphony-spi-support", "spi/support", DOCUMENTED),
            new Module("polyphony-spi-testkit", "spi/testkit", DOCUMENTED),
            new Module("polyphony-encoder-http", "plugins/encoder-http", DOCUMENTED),
            new Module("polyphony-trust", "framework-core/trust", INNER),
            new Module("polyphony-verify", "framework-core/verify", INNER),
            new Module("polyphony-engine", "framework-core/engine", INNER));

    /// @param beside classifiers of the jars that lie beside its jar
    private record Module(String name, String folder, Set<String> beside) {}

    private final String version;
    private final Instant when;

    private OfflineRepository(String version, Instant when) {
        this.version = version;
        this.when = when;
    }

    public static void main(String[] args) throws IOException {
        var repository = new OfflineRepository(args[3], Instant.parse(args[4]));
        for (var module : MODULES) {
            repository.lay(
                    module,
                    Path.of(args[0], module.folder(), "target"),
                    Path.of(args[1], module.name() + ".pom"),
                    Path.of(args[2], "org", "polyphony", module.name()));
        }
    }

    private void lay(Module module, Path built, Path pom, Path to) throws IOException {
        String name = module.name();
        var classifiers = new TreeSet<>(module.beside());
        classifiers.add(""); // the jar itself, first
        var files = new LinkedHashMap<String, byte[]>();
        files.put("pom", Files.readAllBytes(pom));
        for (var classifier : classifiers) {
            String ending = (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
            files.put(ending, Files.readAllBytes(built.resolve(name + "-" + version + ending)));
        }
        var content = new CRC32();
        files.values().forEach(content::update);
        String number = String.valueOf(content.getValue() >>> 1); // Maven reads an int
        String time = format("yyyyMMdd.HHmmss");
        String value = version.endsWith(SNAPSHOT)
                ? version.substring(0, version.length() - SNAPSHOT.length()) + "-" + time + "-" + number
                : version;
        var folder = Files.createDirectories(to.resolve(version));
        for (var file : files.entrySet()) {
            String ending = file.getKey().equals("pom") ? ".pom" : file.getKey();
            write(folder.resolve(name + "-" + value + ending), file.getValue());
        }
        if (version.endsWith(SNAPSHOT)) {
            write(folder.resolve("maven-metadata.xml"), snapshot(name, classifiers, value, time, number));
        }
        write(to.resolve("maven-metadata.xml"), versions(name));
    }

    private byte[] snapshot(String name, Set<String> classifiers, String value, String time, String number) {
        var files = new StringBuilder();
        classifiers.forEach(classifier -> files.append(file(classifier, "jar", value)));
        files.append(file("", "pom", value));
        return metadata(name, "  <version>" + version + "</version>\n", """
                    <snapshot><timestamp>%s</timestamp><buildNumber>%s</buildNumber></snapshot>
                    <snapshotVersions>
                %s    </snapshotVersions>
                """.formatted(time, number, files));
    }

    private String file(String classifier, String extension, String value) {
        return "      <snapshotVersion>" + (classifier.isEmpty() ? "" : "<classifier>" + classifier + "</classifier>")
                + "<extension>" + extension + "</extension><value>" + value + "</value><updated>"
                + format("yyyyMMddHHmmss") + "</updated></snapshotVersion>\n";
    }

    private byte[] versions(String name) {
        return metadata(name, "", "    <versions><version>" + version + "</version></versions>\n");
    }

    private byte[] metadata(String name, String ofVersion, String versioning) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <metadata modelVersion="1.1.0">
                  <groupId>org.polyphony</groupId>
                  <artifactId>%s</artifactId>
                %s  <versioning>
                %s    <lastUpdated>%s</lastUpdated>
                  </versioning>
                </metadata>
                """.formatted(name, ofVersion, versioning, format("yyyyMMddHHmmss"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private String format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(when);
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(content);
            Files.writeString(file.resolveSibling(file.getFileName() + ".sha1"), HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
