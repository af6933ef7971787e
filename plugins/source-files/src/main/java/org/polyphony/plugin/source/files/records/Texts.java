package org.polyphony.plugin.source.files.records;

import org.polyphony.plugin.source.files.input.Sql;

/// SQL that turns what records hold into texts and ids.
final class Texts {

    private Texts() {}

    /// The text of a JSON value: a string itself, a list of messages as their contents with blank lines between.
    static String of(String json) {
        return "CASE WHEN json_type(" + json + ") = 'ARRAY' THEN array_to_string(" + contents(json)
                + ", chr(10) || chr(10)) ELSE " + json + " ->> '$' END";
    }

    /// The text of all messages but the last, which is the prompt of a conversation.
    static String ofAllButLast(String json) {
        String contents = contents(json);
        return "CASE WHEN json_type(" + json + ") = 'ARRAY' THEN array_to_string(list_slice(" + contents + ", 1, len("
                + contents + ") - 1), chr(10) || chr(10)) END";
    }

    /// The text of the last message.
    static String ofLast(String json) {
        return "CASE WHEN json_type(" + json + ") = 'ARRAY' THEN list_extract(" + contents(json) + ", -1) END";
    }

    /// An id made from a text: the prefix and the first twelve hexadecimal digits of its SHA-256.
    static String id(String prefix, String text) {
        return Sql.text(prefix) + " || substr(sha256(" + text + "), 1, 12)";
    }

    private static String contents(String json) {
        return "list_transform(from_json(" + json + ", '[{\"content\": \"VARCHAR\"}]'), lambda m: m.content)";
    }
}
