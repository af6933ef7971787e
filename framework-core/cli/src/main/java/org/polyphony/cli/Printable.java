package org.polyphony.cli;

/// Text that other people wrote, made safe for a terminal: names, file contents and plugin messages may hold escape
/// sequences, line breaks that forge a message, or more than anybody reads. Everything this command prints for
/// people goes through here.
final class Printable {

    // a message longer than this loses its middle: what comes first, what to do comes last
    private static final int MESSAGE = 2000;
    private static final int TAIL = 600;

    // one value of a table
    private static final int CELL = 1000;

    private Printable() {}

    /// A message on one line, without control characters, cut to a readable length.
    static String message(String text) {
        if (text.length() <= MESSAGE) {
            return escape(text);
        }
        int from = text.length() - TAIL;
        return escape(text.substring(0, MESSAGE - TAIL)) + "… [" + (from - (MESSAGE - TAIL)) + " characters left out] …"
                + escape(text.substring(from));
    }

    /// A value in a table, on one line, without control characters, cut to a readable length.
    static String cell(String text) {
        return text.length() <= CELL ? escape(text) : escape(text.substring(0, CELL)) + "…";
    }

    /// JSON in which a terminal meets no control character either; it means the same.
    static String json(String document) {
        var safe = new StringBuilder(document.length());
        for (int i = 0; i < document.length(); i++) {
            char c = document.charAt(i);
            // JSON writers escape what lies below; outside of strings there are line breaks only
            if (c >= ' ' && isControl(c)) {
                unicode(c, safe);
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    private static String escape(String text) {
        var safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> safe.append("\\n");
                case '\r' -> safe.append("\\r");
                case '\t' -> safe.append("\\t");
                default -> {
                    if (isControl(c) || isLoneSurrogate(text, i)) {
                        unicode(c, safe);
                    } else {
                        safe.append(c);
                    }
                }
            }
        }
        return safe.toString();
    }

    // C0, DEL, C1, and what turns the direction of a line or breaks it
    private static boolean isControl(char c) {
        return Character.isISOControl(c)
                || (Character.getType(c) == Character.FORMAT && c != '\u200c' && c != '\u200d')
                || c == '\u2028'
                || c == '\u2029';
    }

    private static boolean isLoneSurrogate(String text, int at) {
        char c = text.charAt(at);
        return (Character.isHighSurrogate(c)
                        && !(at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))))
                || (Character.isLowSurrogate(c) && !(at > 0 && Character.isHighSurrogate(text.charAt(at - 1))));
    }

    private static void unicode(char c, StringBuilder safe) {
        safe.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
    }
}
