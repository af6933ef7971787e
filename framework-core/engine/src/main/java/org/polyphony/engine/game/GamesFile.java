package org.polyphony.engine.game;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;
import static org.polyphony.spi.error.StandardErrorCode.FILE_NOT_FOUND;
import static org.polyphony.spi.error.StandardErrorCode.MEMORY_EXHAUSTED;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
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
import org.polyphony.engine.io.InputFiles;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.support.settings.NearestName;

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
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build());

    // what a game takes of the heap from its reading to its answer, beside the numbers of its P: an estimate
    private static final long BYTES_PER_GAME = 900;
    private static final long BYTES_PER_NUMBER = 32;

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

    /// Reads a whole file, JSON or Arrow (one row a game); `-` is JSON on standard input. Of a JSON document one game
    /// at a time is held as a tree; how many games there may be depends on the heap.
    ///
    /// @param memory who is charged while an Arrow file is read
    /// @throws AlignmentException if it is absent or not such a document at all
    public static List<Entry> read(Path file, OwnerMemory memory) {
        if (file.toString().equals("-")) {
            return read("standard input", System.in);
        }
        InputFiles.requireFile(file, "games");
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            if (isArrow(in)) {
                var entries = new ArrayList<Entry>();
                long numbers = 0;
                for (var row : GameRows.read(file, memory)) {
                    var entry = entry(row);
                    numbers += entry instanceof Entry.Playable(var game)
                            ? (long) game.stakeholders() * game.candidates() * game.candidates()
                            : 0;
                    entries.add(entry);
                    requireRoom(file.toString(), entries.size(), numbers);
                }
                return entries;
            }
            return read(file.toString(), in);
        } catch (IOException e) {
            throw new AlignmentException(FILE_NOT_FOUND, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// Reads a document; `name` is used in messages only.
    static List<Entry> read(String name, InputStream in) {
        try (var parser = JSON.createParser(in)) {
            return new Document(name, parser).read();
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

    /// One JSON document, of which one game at a time is held as a tree.
    private static final class Document {

        private final String name;
        private final JsonParser parser;
        private final List<Entry> entries = new ArrayList<>();
        private boolean hasGames;
        private @Nullable String unknown;
        private long numbers;

        private Document(String name, JsonParser parser) {
            this.name = name;
            this.parser = parser;
        }

        private List<Entry> read() throws IOException {
            if (parser.nextToken() == null) {
                throw new AlignmentException(FILE_MALFORMED, name + " is empty; expected {\"games\":[…]}");
            }
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    field(parser.currentName());
                }
            } else {
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                var at = parser.currentTokenLocation();
                throw new AlignmentException(
                        FILE_MALFORMED,
                        name + ", line " + at.getLineNr() + " column " + at.getColumnNr()
                                + " goes on after the end of the document; put all games into one list 'games'");
            }
            if (entries.isEmpty()) {
                throw new AlignmentException(
                        FILE_MALFORMED,
                        name + (hasGames ? " has no game in 'games'" : " has no key 'games'")
                                + "; expected {\"games\":[{\"P\":[[[0.5,0.9],[0.1,0.5]]]}]}");
            }
            if (unknown != null) {
                throw new AlignmentException(
                        FILE_MALFORMED, name + " has an unknown key '" + unknown + "'; only 'games' may stand there");
            }
            return entries;
        }

        private void field(String key) throws IOException {
            parser.nextToken();
            if (key.equals("games") && parser.currentToken() == JsonToken.START_ARRAY) {
                hasGames = true;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    add(entry(JSON.<JsonNode>readTree(parser)));
                }
                return;
            }
            if (!key.equals("games") && unknown == null) {
                unknown = key;
            }
            parser.skipChildren();
        }

        private void add(Entry entry) {
            entries.add(entry);
            numbers += entry instanceof Entry.Playable(var game)
                    ? (long) game.stakeholders() * game.candidates() * game.candidates()
                    : 0;
            requireRoom(name, entries.size(), numbers);
        }
    }

    /// Refuses more games than the heap holds while they are solved, before it is exhausted.
    ///
    /// @param numbers of all P together
    private static void requireRoom(String name, long games, long numbers) {
        long needed = games * BYTES_PER_GAME + numbers * BYTES_PER_NUMBER;
        long heap = Runtime.getRuntime().maxMemory();
        if (needed > heap) {
            throw new AlignmentException(
                    MEMORY_EXHAUSTED,
                    name + " has more games than a heap of " + (heap >> 20) + " MB holds: the first " + games + " with "
                            + numbers + " probabilities need that much; divide the file, or raise"
                            + " POLYPHONY_MAX_HEAP, for example to " + Math.max(2, (heap >> 29)) + "g");
        }
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
        if (node == null) {
            return new boolean[0];
        }
        if (!node.isArray()) {
            throw new IllegalArgumentException("unsafe must be a list of true and false, got " + brief(node));
        }
        var flags = new boolean[node.size()];
        if (flags.length == 0) {
            throw new IllegalArgumentException("unsafe is empty; give a flag for every candidate");
        }
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
