package org.polyphony.plugin.encoder.http.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads and quotes JSON (RFC 8259), strictly: what one server's answer needs, without a library whose caches would
/// outlive the plugin.
final class Json {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final int DEEPEST = 64;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /// A `Map`, `List`, `String`, `Double`, `Boolean` or null.
    ///
    /// @throws IllegalArgumentException if the text is not JSON
    static @Nullable Object read(String text) {
        var json = new Json(text);
        var value = json.value(0);
        json.skipSpace();
        if (json.at != text.length()) {
            throw json.unexpected();
        }
        return value;
    }

    /// A text as a string of JSON; half a surrogate pair becomes the replacement character.
    static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c);
            }
        });
        return quoted.append('"').toString();
    }

    private @Nullable Object value(int depth) {
        skipSpace();
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("it is nested deeper than " + DEEPEST);
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> list(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        at++;
        if (skip('}')) {
            return object;
        }
        do {
            skipSpace();
            var key = string();
            expect(':');
            object.put(key, value(depth + 1));
        } while (skip(','));
        expect('}');
        return object;
    }

    private List<@Nullable Object> list(int depth) {
        var list = new ArrayList<@Nullable Object>();
        at++;
        if (skip(']')) {
            return list;
        }
        do {
            list.add(value(depth + 1));
        } while (skip(','));
        expect(']');
        return list;
    }

    private String string() {
        if (peek() != '"') {
            throw unexpected();
        }
        var string = new StringBuilder();
        at++;
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                at--;
                throw unexpected();
            }
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> {
                at--;
                throw unexpected();
            }
        };
    }

    private char hexadecimal() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw unexpected();
            }
            value = 16 * value + digit;
            at++;
        }
        return (char) value;
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw unexpected();
        }
        at += word.length();
        return value;
    }

    private Double number() {
        var matcher = NUMBER.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw unexpected();
        }
        at = matcher.end();
        return Double.valueOf(matcher.group());
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("it ends in the middle, after " + text.length() + " characters");
        }
        return text.charAt(at);
    }

    private boolean skip(char c) {
        skipSpace();
        boolean found = at < text.length() && text.charAt(at) == c;
        at += found ? 1 : 0;
        return found;
    }

    private void expect(char c) {
        if (!skip(c)) {
            peek();
            throw unexpected();
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException unexpected() {
        int end = Math.min(text.length(), at + 20);
        return new IllegalArgumentException(
                "it is not JSON at character " + at + ": '" + text.substring(at, end) + "'");
    }
}
