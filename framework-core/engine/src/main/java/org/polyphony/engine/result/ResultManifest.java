package org.polyphony.engine.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.polyphony.support.digest.Digests;
import org.polyphony.trust.digest.Sha256;

/// What belongs to one result: `result.json`, written last. Whoever reads a folder of results checks it, so that
/// files of two results are never taken for one.
///
/// @param id the result's name: the same content has the same id
/// @param kind what it is a result of, for example `polyphony.study`
/// @param name what its maker is called, for example the study's name
/// @param files everything that belongs to it, in the order a reader wants it
public record ResultManifest(String id, String kind, String name, List<File> files) {

    /// The name of the manifest in its folder.
    public static final String FILE = "result.json";

    /// Version of the manifest's layout.
    public static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLAIN = Pattern.compile("[^./\\\\][^/\\\\]*");
    private static final int MOST_BYTES = 1 << 20;
    private static final int ID_BYTES = 16;

    public ResultManifest {
        files = List.copyOf(files);
    }

    /// One file of a result.
    ///
    /// @param name its name in the folder
    /// @param sha256 of its bytes, in lower-case hexadecimal digits
    /// @param bytes how many it has
    public record File(String name, String sha256, long bytes) {

        /// The file that stands at `path`.
        static File of(String name, Path path) throws IOException {
            var digest = Digests.sha256();
            try (var in = new DigestInputStream(Files.newInputStream(path), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return new File(name, HexFormat.of().formatHex(digest.digest()), Files.size(path));
        }

        /// Whether this very file stands at `path`.
        boolean isAt(Path path) throws IOException {
            return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(path) == bytes
                    && equals(of(name, path));
        }
    }

    /// The id of a result of this content.
    static String id(String content) {
        return HexFormat.of().formatHex(Sha256.of(content.getBytes(StandardCharsets.UTF_8)), 0, ID_BYTES);
    }

    /// The manifest as JSON text. The same files give the same bytes.
    String text() {
        var root = JsonNodeFactory.instance.objectNode();
        root.put("result", "polyphony.result").put("version", VERSION);
        root.put("id", id).put("kind", kind).put("name", name);
        var list = root.putArray("files");
        for (var file : files) {
            list.addObject()
                    .put("name", file.name())
                    .put("sha256", file.sha256())
                    .put("bytes", file.bytes());
        }
        return StudyReport.text(root);
    }

    /// Reads a manifest.
    ///
    /// @throws IOException if it is none that this version reads
    static ResultManifest read(Path path) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes(MOST_BYTES);
        }
        if (!(JSON.readTree(bytes) instanceof ObjectNode root)
                || !root.path("result").asText().equals("polyphony.result")) {
            throw new IOException(path + " is no manifest of results");
        }
        if (root.path("version").intValue() != VERSION) {
            throw new IOException(path + " is of version " + root.path("version") + ", not of " + VERSION);
        }
        var files = new ArrayList<File>();
        for (JsonNode file : root.path("files")) {
            var name = file.path("name").asText();
            if (!PLAIN.matcher(name).matches()) {
                throw new IOException(path + " names the file '" + name + "', which is none of this folder");
            }
            files.add(new File(
                    name, file.path("sha256").asText(), file.path("bytes").longValue()));
        }
        return new ResultManifest(
                root.path("id").asText(),
                root.path("kind").asText(),
                root.path("name").asText(),
                files);
    }
}
