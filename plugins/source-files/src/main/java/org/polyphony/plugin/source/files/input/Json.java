package org.polyphony.plugin.source.files.input;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON values one after the other and knows on which line it is.
///
/// Objects become maps in the order of their keys, numbers keep their digits, `NaN` and infinities are read as
/// Python writes them. A key twice in an object and half a character (an unpaired surrogate) are errors.
public final class Json {

    private static final int DEEPEST = 100;

    private final Reader in;
    private long line;
    private int next;

    /// A number as it was written.
    public record Digits(String text) {

        /// Whether it stands for a missing value.
        public boolean isNaN() {
            return text.equals("NaN");
        }

        /// The number's shortest writing: `1.0` and `1` are one number.
        public String plain() {
            if (text.endsWith("y") || isNaN()) {
                return text;
            }
            var value = new BigDecimal(text);
            return Math.abs(value.scale()) > 50
                    ? text
                    : value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        }
    }

    /// What is wrong, and on which line.
    public static final class Malformed extends Exception {

        private static final long serialVersionUID = 1;

        private final long line;

        Malformed(long line, String message) {
            super(message);
            this.line = line;
        }

        /// The line on which it stands.
        public long line() {
            return line;
        }
    }

    /// A reader of the values in `in`.
    ///
    /// @param line the number of the first line of `in`
    public Json(Reader in, long line) throws IOException {
        this.in = in;
        this.line = line;
        this.next = in.read();
        if (next == '\uFEFF') {
            next = in.read();
        }
    }

    /// The line of the next character that is no space, or -1 at the end.
    public long nextLine() throws IOException {
        skipSpace();
        return next < 0 ? -1 : line;
    }

    /// Skips `symbol` if it comes next.
    public boolean skip(char symbol) throws IOException {
        skipSpace();
        if (next != symbol) {
            return false;
        }
        read();
        return true;
    }

    /// The next value.
    public @Nullable Object value() throws IOException, Malformed {
        return value(0);
    }

    private @Nullable Object value(int depth) throws IOException, Malformed {
        skipSpace();
        if (depth > DEEPEST) {
            throw malformed("lists and objects are nested more than " + DEEPEST + " deep");
        }
        return switch (next) {
            case '{' -> object(depth);
            case '[' -> list(depth);
            case '"' -> string();
            case -1 -> throw malformed("the text ends where a value is needed");
            default -> word();
        };
    }

    private Map<String, @Nullable Object> object(int depth) throws IOException, Malformed {
        read();
        var object = new LinkedHashMap<String, @Nullable Object>();
        if (skip('}')) {
            return object;
        }
        do {
            skipSpace();
            if (next != '"') {
                throw malformed("a key in quotes is needed, got " + shown());
            }
            String key = string();
            if (!skip(':')) {
                throw malformed("a colon is needed behind the key \"" + key + "\", got " + shown());
            }
            if (object.containsKey(key)) {
                throw malformed("the key \"" + key + "\" occurs twice in one object");
            }
            object.put(key, value(depth + 1));
        } while (skip(','));
        if (!skip('}')) {
            throw malformed("a comma or } is needed, got " + shown());
        }
        return object;
    }

    private List<@Nullable Object> list(int depth) throws IOException, Malformed {
        read();
        var list = new ArrayList<@Nullable Object>();
        if (skip(']')) {
            return list;
        }
        do {
            list.add(value(depth + 1));
        } while (skip(','));
        if (!skip(']')) {
            throw malformed("a comma or ] is needed, got " + shown());
        }
        return list;
    }

    private String string() throws IOException, Malformed {
        read();
        var text = new StringBuilder();
        while (next != '"') {
            if (next < 0 || next == '\n') {
                throw malformed("a text is not closed by a quote");
            }
            text.append(next == '\\' ? escaped() : (char) next);
            read();
        }
        read();
        for (int i = 0; i < text.length(); i++) {
            boolean pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
            if (Character.isSurrogate(text.charAt(i)) && !pair) {
                throw malformed(
                        "\\u" + Integer.toHexString(text.charAt(i)) + " is half of a character; write both halves");
            }
            i += pair ? 1 : 0;
        }
        return text.toString();
    }

    private char escaped() throws IOException, Malformed {
        read();
        return switch (next) {
            case '"', '\\', '/' -> (char) next;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    read();
                    int digit = Character.digit(next, 16);
                    if (digit < 0) {
                        throw malformed("\\u needs four hexadecimal digits, got " + shown());
                    }
                    code = code * 16 + digit;
                }
                yield (char) code;
            }
            default -> throw malformed("\\ is followed by " + shown() + "; write \\\\ for a backslash");
        };
    }

    private @Nullable Object word() throws IOException, Malformed {
        var word = new StringBuilder();
        while (next >= 0 && (Character.isLetterOrDigit(next) || "+-._".indexOf(next) >= 0) && word.length() < 1000) {
            word.append((char) next);
            read();
        }
        String text = word.toString();
        return switch (text) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            case "NaN", "nan" -> new Digits("NaN");
            case "Infinity", "-Infinity" -> new Digits(text);
            default -> {
                if (!text.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,4})?")) {
                    throw malformed(text.isEmpty() ? "a value is needed, got " + shown() : text + " is no value");
                }
                yield new Digits(text);
            }
        };
    }

    private void skipSpace() throws IOException {
        while (next == ' ' || next == '\t' || next == '\n' || next == '\r') {
            read();
        }
    }

    private void read() throws IOException {
        if (next == '\n') {
            line++;
        }
        next = in.read();
    }

    private String shown() {
        return next < 0 ? "the end" : next < ' ' ? "the character " + next : "'" + (char) next + "'";
    }

    private Malformed malformed(String message) {
        return new Malformed(line, message);
    }

    /// The value as compact JSON.
    public static String write(@Nullable Object value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append("null");
            case String text -> quote(text, out);
            case Digits digits -> out.append(digits.text());
            case List<?> list -> {
                char before = '[';
                for (var element : list) {
                    write(element, out.append(before));
                    before = ',';
                }
                out.append(list.isEmpty() ? "[]" : "]");
            }
            case Map<?, ?> map -> {
                char before = '{';
                for (var entry : map.entrySet()) {
                    quote((String) entry.getKey(), out.append(before));
                    write(entry.getValue(), out.append(':'));
                    before = ',';
                }
                out.append(map.isEmpty() ? "{}" : "}");
            }
            default -> out.append(value);
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
