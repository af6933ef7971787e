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
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/// Lays out what third parties build against as a Maven repository: jar, sources, javadoc and a pom without our parent.
///
/// `java OfflineRepository.java CHECKOUT POMS REPOSITORY VERSION TIMESTAMP`; the poms name the artefacts.
///
/// Maven fetches a snapshot again where the repository's metadata name another file than before. The number of ours
/// comes from the content, so that another build is another snapshot and the same build the same bytes.
final class OfflineRepository {

    private static final String SNAPSHOT = "-SNAPSHOT";
    private static final Map<String, String> MODULES = Map.of(
            "polyphony-spi-api", "spi/api",
            "polyphony-spi-support", "spi/support",
            "polyphony-spi-testkit", "spi/testkit",
            "polyphony-encoder-http", "plugins/encoder-http");

    private final String version;
    private final Instant when;

    private OfflineRepository(String version, Instant when) {
        this.version = version;
        this.when = when;
    }

    public static void main(String[] args) throws IOException {
        var repository = new OfflineRepository(args[3], Instant.parse(args[4]));
        for (var module : MODULES.entrySet()) {
            String name = module.getKey();
            repository.lay(
                    name,
                    Path.of(args[0], module.getValue(), "target"),
                    Path.of(args[1], name + ".pom"),
                    Path.of(args[2], "org", "polyphony", name));
        }
    }

    private void lay(String name, Path built, Path pom, Path to) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("pom", Files.readAllBytes(pom));
        for (var kind : new String[] {"", "-sources", "-javadoc"}) {
            files.put(kind + ".jar", Files.readAllBytes(built.resolve(name + "-" + version + kind + ".jar")));
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
            write(folder.resolve("maven-metadata.xml"), snapshot(name, value, time, number));
        }
        write(to.resolve("maven-metadata.xml"), versions(name));
    }

    private byte[] snapshot(String name, String value, String time, String number) {
        var files = new StringBuilder();
        for (var kind : new String[][] {{"", "jar"}, {"sources", "jar"}, {"javadoc", "jar"}, {"", "pom"}}) {
            files.append("      <snapshotVersion>")
                    .append(kind[0].isEmpty() ? "" : "<classifier>" + kind[0] + "</classifier>")
                    .append("<extension>" + kind[1] + "</extension><value>" + value + "</value><updated>")
                    .append(format("yyyyMMddHHmmss") + "</updated></snapshotVersion>\n");
        }
        return metadata(name, "  <version>" + version + "</version>\n", """
                    <snapshot><timestamp>%s</timestamp><buildNumber>%s</buildNumber></snapshot>
                    <snapshotVersions>
                %s    </snapshotVersions>
                """.formatted(time, number, files));
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
