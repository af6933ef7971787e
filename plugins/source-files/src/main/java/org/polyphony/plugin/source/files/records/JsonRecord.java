package org.polyphony.plugin.source.files.records;

import static org.polyphony.spi.error.StandardErrorCode.VALUE_INVALID;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.polyphony.plugin.source.files.input.Json;
import org.polyphony.spi.error.AlignmentException;

/// One object of a file, or one inside of it, and where it stands.
///
/// A value that is absent, null, NaN or an empty text is missing: it is never a text of that name.
///
/// @param place the file and line or row, for messages
/// @param path the keys that lead to it, each followed by a dot; empty for a record itself
/// @param values key → value, as [Json] reads them
record JsonRecord(String place, String path, Map<String, @Nullable Object> values) {

    private static final int SHOWN = 80;

    /// What messages call it, for example `prompt[0]`.
    String name() {
        return path.isEmpty() ? "the record" : path.substring(0, path.length() - 1);
    }

    Set<String> keys() {
        return values.keySet();
    }

    /// The value of `key`, or null where it is missing.
    @Nullable
    Object value(String key) {
        var value = values.get(key);
        return isMissing(value) ? null : value;
    }

    boolean has(String key) {
        return value(key) != null;
    }

    /// The value as text, or null where it is missing. A number is written shortly: `1.0` and `1` are the same.
    @Nullable
    String text(String key) {
        return text(key, value(key));
    }

    /// `value`, which stands at `key`, as text.
    @Nullable
    String text(String key, @Nullable Object value) {
        return switch (isMissing(value) ? null : value) {
            case null -> null;
            case String text -> text;
            case Json.Digits digits -> digits.plain();
            case Boolean flag -> flag.toString();
            default -> throw invalid(key, value, "one text or number is needed");
        };
    }

    /// The value as text; a missing one is an error.
    String required(String key) {
        var text = text(key);
        if (text == null) {
            throw missing(key);
        }
        return text;
    }

    /// The value as a finite number, or `otherwise` where it is missing.
    double number(String key, double otherwise) {
        if (values.get(key) instanceof Json.Digits digits && digits.isNaN()) {
            throw invalid(key, digits, "a finite number is needed");
        }
        var text = text(key);
        if (text == null) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(text.strip());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw invalid(key, values.get(key), "a number is needed");
        }
        throw invalid(key, values.get(key), "a finite number is needed");
    }

    /// The value as a flag; false where it is missing.
    boolean flag(String key) {
        var text = text(key);
        return switch (text == null ? "" : text) {
            case "true", "1", "yes" -> true;
            case "false", "0", "no", "" -> false;
            default -> throw invalid(key, values.get(key), "true or false is needed");
        };
    }

    /// The value as a list; empty where it is missing.
    List<?> list(String key) {
        return switch (value(key)) {
            case null -> List.of();
            case List<?> list -> list;
            default -> throw invalid(key, values.get(key), "a list is needed");
        };
    }

    /// The objects of the list at `key`.
    List<JsonRecord> objects(String key) {
        var list = list(key);
        return java.util.stream.IntStream.range(0, list.size())
                .mapToObj(i -> object(key + "[" + i + "]", list.get(i)))
                .toList();
    }

    /// `value`, which stands at `key`, as an object.
    JsonRecord object(String key, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // made by Json, whose keys are texts
            var object = (Map<String, @Nullable Object>) map;
            return new JsonRecord(place, path + key + ".", object);
        }
        throw invalid(key, value, "an object is needed");
    }

    AlignmentException missing(String key) {
        return new AlignmentException(
                VALUE_INVALID, place + ": " + path + key + " is empty; every record needs a value there");
    }

    /// An error about the value at `key`: the shape seen, and what was expected instead.
    AlignmentException invalid(String key, @Nullable Object value, String expected) {
        return refused(path + key + " is " + shape(value) + "; " + expected);
    }

    /// An error about the record.
    AlignmentException refused(String message) {
        return new AlignmentException(VALUE_INVALID, place + ": " + message);
    }

    static boolean isMissing(@Nullable Object value) {
        return value == null
                || (value instanceof String text && text.isEmpty())
                || (value instanceof Json.Digits digits && digits.isNaN());
    }

    private static String shape(@Nullable Object value) {
        String kind = switch (value) {
            case null -> "null";
            case String _ -> "the text ";
            case List<?> list -> list.isEmpty() ? "an empty list" : "a list, ";
            case Map<?, ?> _ -> "an object, ";
            default -> "";
        };
        String json = value == null || (value instanceof List<?> list && list.isEmpty()) ? "" : Json.write(value);
        return kind + (json.length() > SHOWN ? json.substring(0, SHOWN) + "…" : json);
    }
}
