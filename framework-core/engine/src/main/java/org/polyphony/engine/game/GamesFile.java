package org.polyphony.engine.game;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;
import static org.polyphony.spi.error.StandardErrorCode.FILE_NOT_FOUND;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.io.GameRows;
import org.polyphony.engine.settings.NearestName;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.spi.error.AlignmentException;

/// Reads `{"games":[{"P":[S][K][K],"weights":[S],"ref":[K],"unsafe":[K]}]}`. All but `P` is optional; for one
/// stakeholder `P` may be written `[K][K]`.
public final class GamesFile {

    private static final Set<String> KEYS = Set.of("P", "weights", "ref", "unsafe", "name");
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(256 * 1024)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private GamesFile() {}

    /// What stands at one place of the file: a game, or why it is none.
    public sealed interface Entry {

        /// A game that can be played.
        record Playable(ExplicitGame game) implements Entry {}

        /// Not a game.
        ///
        /// @param reason what is wrong, the value, what to do
        record Broken(String reason) implements Entry {}
    }

    /// Reads a whole file, JSON or Arrow (one row a game); `-` is JSON on standard input.
    ///
    /// @param memory who is charged while an Arrow file is read
    /// @throws AlignmentException if it is absent or not such a document at all
    public static List<Entry> read(Path file, OwnerMemory memory) {
        if (file.toString().equals("-")) {
            return read("standard input", System.in);
        }
        if (!Files.exists(file)) {
            throw new AlignmentException(
                    FILE_NOT_FOUND, "no file " + file + "; name a JSON file with games, or - to read standard input");
        }
        if (Files.isDirectory(file)) {
            throw new AlignmentException(FILE_NOT_FOUND, file + " is a folder; name a JSON file with games");
        }
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            if (isArrow(in)) {
                return GameRows.read(file, memory).stream()
                        .map(GamesFile::entry)
                        .toList();
            }
            return read(file.toString(), in);
        } catch (IOException e) {
            throw new AlignmentException(FILE_NOT_FOUND, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// Reads a document; `name` is used in messages only.
    static List<Entry> read(String name, InputStream in) {
        var root = tree(name, in);
        var games = root.isObject() ? root.get("games") : null;
        if (games == null || !games.isArray() || games.isEmpty()) {
            throw new AlignmentException(
                    FILE_MALFORMED,
                    name + (games == null ? " has no key 'games'" : " has no game in 'games'")
                            + "; expected {\"games\":[{\"P\":[[[0.5,0.9],[0.1,0.5]]]}]}");
        }
        root.fieldNames().forEachRemaining(key -> {
            if (!key.equals("games")) {
                throw new AlignmentException(
                        FILE_MALFORMED, name + " has an unknown key '" + key + "'; only 'games' may stand there");
            }
        });
        var entries = new ArrayList<Entry>();
        for (var game : games) {
            entries.add(entry(game));
        }
        return entries;
    }

    // the file format's magic, or the continuation marker a stream begins with
    private static boolean isArrow(InputStream in) throws IOException {
        in.mark(6);
        var head = in.readNBytes(6);
        in.reset();
        return Arrays.equals(head, "ARROW1".getBytes(StandardCharsets.US_ASCII))
                || (head.length >= 4 && head[0] == -1 && head[1] == -1 && head[2] == -1 && head[3] == -1);
    }

    private static Entry entry(GameRows.Row row) {
        return switch (row) {
            case GameRows.Row.Broken(var reason) -> new Entry.Broken(reason);
            case GameRows.Row.Game(var p, var weights, var reference, var unsafe) -> {
                try {
                    yield new Entry.Playable(ExplicitGame.of(p, weights, reference, unsafe));
                } catch (IllegalArgumentException e) {
                    yield new Entry.Broken(String.valueOf(e.getMessage()));
                }
            }
        };
    }

    private static JsonNode tree(String name, InputStream in) {
        try {
            var root = JSON.readTree(in);
            if (root == null || root.isMissingNode()) {
                throw new AlignmentException(FILE_MALFORMED, name + " is empty; expected {\"games\":[…]}");
            }
            return root;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new AlignmentException(
                    FILE_MALFORMED,
                    name + (at == null ? "" : ", line " + at.getLineNr() + " column " + at.getColumnNr())
                            + " is not valid JSON: " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new AlignmentException(FILE_NOT_FOUND, "cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    private static Entry entry(JsonNode game) {
        try {
            if (!game.isObject()) {
                throw new IllegalArgumentException("a game is an object with a key P, got " + brief(game));
            }
            game.fieldNames().forEachRemaining(key -> {
                if (!KEYS.contains(key)) {
                    throw new IllegalArgumentException("unknown key '" + key + "'" + NearestName.hint(key, KEYS)
                            + "; known: " + String.join(", ", new TreeSet<>(KEYS)));
                }
            });
            return new Entry.Playable(ExplicitGame.of(
                    tensor(game.get("P")),
                    vector(game.get("weights"), "weights"),
                    vector(game.get("ref"), "ref"),
                    flags(game.get("unsafe"))));
        } catch (IllegalArgumentException e) {
            return new Entry.Broken(String.valueOf(e.getMessage()));
        }
    }

    private static double[][][] tensor(@Nullable JsonNode p) {
        if (p == null || !p.isArray() || p.isEmpty()) {
            throw new IllegalArgumentException("key P is missing or empty; it must have shape [S][K][K]");
        }
        boolean single =
                p.get(0).isArray() && !p.get(0).isEmpty() && p.get(0).get(0).isNumber();
        if (single) {
            return new double[][][] {matrix(p, "P")};
        }
        var tensor = new double[p.size()][][];
        for (int s = 0; s < tensor.length; s++) {
            tensor[s] = matrix(p.get(s), "P[" + s + "]");
        }
        return tensor;
    }

    private static double[][] matrix(JsonNode node, String name) {
        if (!node.isArray()) {
            throw new IllegalArgumentException(name + " must be a matrix [K][K], got " + brief(node));
        }
        var matrix = new double[node.size()][];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = vector(node.get(i), name + "[" + i + "]");
        }
        return matrix;
    }

    private static double[] vector(@Nullable JsonNode node, String name) {
        if (node == null || node.isNull()) {
            return new double[0];
        }
        if (!node.isArray()) {
            throw new IllegalArgumentException(name + " must be a list of numbers, got " + brief(node));
        }
        var vector = new double[node.size()];
        for (int i = 0; i < vector.length; i++) {
            var element = node.get(i);
            if (!element.isNumber()) {
                throw new IllegalArgumentException(name + "[" + i + "] must be a number, got " + brief(element));
            }
            vector[i] = element.doubleValue();
        }
        return vector;
    }

    private static boolean[] flags(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return new boolean[0];
        }
        if (!node.isArray()) {
            throw new IllegalArgumentException("unsafe must be a list of true and false, got " + brief(node));
        }
        var flags = new boolean[node.size()];
        for (int i = 0; i < flags.length; i++) {
            var element = node.get(i);
            if (!element.isBoolean() && !(element.isInt() && (element.intValue() == 0 || element.intValue() == 1))) {
                // fails closed: what is not clearly safe is not played
                throw new IllegalArgumentException(
                        "unsafe[" + i + "] must be true, false, 1 or 0, got " + brief(element));
            }
            flags[i] = element.isBoolean() ? element.booleanValue() : element.intValue() == 1;
        }
        return flags;
    }

    private static String brief(JsonNode node) {
        var text = node.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
