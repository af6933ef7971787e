package org.polyphony.engine.game;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.support.settings.NearestName;

/// One JSON document of games, read token by token: numbers go where they are kept, and only what is wrong
/// is read as a tree, to be shown.
final class GamesDocument {

    private static final Set<String> KEYS = Set.of("P", "weights", "ref", "unsafe", "name");
    private static final String NO_P = "key P is missing or empty; it must have shape [S][K][K]";

    private final String name;
    private final JsonParser parser;
    private final GameDraft.Sink games;
    private final GameDraft draft = new GameDraft();
    private boolean hasGames;
    private boolean hasGame;
    private @Nullable String unknown;

    /// @param name of the document, for messages
    GamesDocument(String name, JsonParser parser, GameDraft.Sink games) {
        this.name = name;
        this.parser = parser;
        this.games = games;
    }

    /// Reads it to its end.
    void read() throws IOException {
        if (parser.nextToken() == null) {
            throw malformed(" is empty; expected {\"games\":[…]}");
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
            throw malformed(", line " + at.getLineNr() + " column " + at.getColumnNr()
                    + " goes on after the end of the document; put all games into one list 'games'");
        }
        if (!hasGame) {
            throw malformed((hasGames ? " has no game in 'games'" : " has no key 'games'")
                    + "; expected {\"games\":[{\"P\":[[[0.5,0.9],[0.1,0.5]]]}]}");
        }
        if (unknown != null) {
            throw malformed(" has an unknown key '" + unknown + "'; only 'games' may stand there");
        }
    }

    private AlignmentException malformed(String what) {
        return new AlignmentException(FILE_MALFORMED, name + what);
    }

    private void field(String key) throws IOException {
        parser.nextToken();
        if (key.equals("games") && parser.currentToken() == JsonToken.START_ARRAY) {
            hasGames = true;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                hasGame = true;
                game();
            }
            return;
        }
        if (!key.equals("games") && unknown == null) {
            unknown = key;
        }
        parser.skipChildren();
    }

    // keys come in any order; of several faults that of the key, then of P, weights, ref and unsafe is told
    private void game() throws IOException {
        draft.clear();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            games.broken("a game is an object with a key P, got " + brief());
            return;
        }
        String strange = null;
        String p = NO_P;
        String weights = null;
        String reference = null;
        String unsafe = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "P" -> p = fault(this::preferences);
                case "weights" -> weights = fault(() -> numbers("weights", draft::weight));
                case "ref" -> reference = fault(() -> numbers("ref", draft::reference));
                case "unsafe" -> unsafe = fault(this::flags);
                case "name" -> parser.skipChildren();
                default -> {
                    strange = strange == null ? key : strange;
                    parser.skipChildren();
                }
            }
        }
        if (strange != null) {
            games.broken("unknown key '" + strange + "'" + NearestName.hint(strange, KEYS) + "; known: "
                    + String.join(", ", new TreeSet<>(KEYS)));
            return;
        }
        for (var fault : new String[] {p, weights, reference, unsafe}) {
            if (fault != null) {
                games.broken(fault);
                return;
            }
        }
        games.add(draft);
    }

    /// Reads the value at the current token, and ends at its last.
    @FunctionalInterface
    private interface Value {

        /// @throws IllegalArgumentException if it is another value than is needed
        void read() throws IOException;
    }

    // what is wrong with a value, of which nothing is left to be read then
    private @Nullable String fault(Value value) throws IOException {
        int outside = parser.getParsingContext().getNestingDepth()
                - (parser.currentToken() == JsonToken.START_ARRAY || parser.currentToken() == JsonToken.START_OBJECT
                        ? 1
                        : 0);
        try {
            value.read();
            return null;
        } catch (IllegalArgumentException e) {
            while (parser.getParsingContext().getNestingDepth() > outside) {
                parser.nextToken();
            }
            return String.valueOf(e.getMessage());
        }
    }

    private void preferences() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException(NO_P);
        }
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            throw new IllegalArgumentException(NO_P);
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("P[0] must be a matrix [K][K], got " + brief());
        }
        if (parser.nextToken().isNumeric()) {
            // one stakeholder's, of which the first row is open
            openRow(0, -1);
            int i = 1;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                row(i++, -1);
            }
            draft.endMatrix(i);
            return;
        }
        openMatrix(0);
        int s = 1;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException("P[" + s + "] must be a matrix [K][K], got " + brief());
            }
            parser.nextToken();
            openMatrix(s++);
        }
    }

    // at the first row or at the end
    private void openMatrix(int s) throws IOException {
        int i = 0;
        for (var token = parser.currentToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            row(i++, s);
        }
        draft.endMatrix(i);
    }

    private void row(int i, int s) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            draft.endRow(0);
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException(rowName(i, s) + " must be a list of numbers, got " + brief());
        }
        parser.nextToken();
        openRow(i, s);
    }

    // at the first number or at the end
    private void openRow(int i, int s) throws IOException {
        int length = 0;
        for (var token = parser.currentToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (!token.isNumeric()) {
                throw new IllegalArgumentException(rowName(i, s) + "[" + length + "] must be a number, got " + brief());
            }
            draft.number(parser.getDoubleValue());
            length++;
        }
        draft.endRow(length);
    }

    // P of one stakeholder may have no index of its own
    private static String rowName(int i, int s) {
        return s < 0 ? "P[" + i + "]" : "P[" + s + "][" + i + "]";
    }

    @FunctionalInterface
    private interface Numbers {
        void accept(double value);
    }

    private void numbers(String key, Numbers into) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException(key + " must be a list of numbers, got " + brief());
        }
        int i = 0;
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (!token.isNumeric()) {
                throw new IllegalArgumentException(key + "[" + i + "] must be a number, got " + brief());
            }
            into.accept(parser.getDoubleValue());
            i++;
        }
    }

    private void flags() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("unsafe must be a list of true and false, got " + brief());
        }
        int i = 0;
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            boolean number = token == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() == JsonParser.NumberType.INT
                    && (parser.getIntValue() == 0 || parser.getIntValue() == 1);
            if (!token.isBoolean() && !number) {
                // fails closed: what is not clearly safe is not played
                throw new IllegalArgumentException("unsafe[" + i + "] must be true, false, 1 or 0, got " + brief());
            }
            draft.unsafe(number ? parser.getIntValue() == 1 : parser.getBooleanValue());
            i++;
        }
        if (i == 0) {
            throw new IllegalArgumentException("unsafe is empty; give a flag for every candidate");
        }
    }

    // the value at the current token, which is read to its end
    private String brief() throws IOException {
        var text = GamesFile.JSON.<JsonNode>readTree(parser).toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
