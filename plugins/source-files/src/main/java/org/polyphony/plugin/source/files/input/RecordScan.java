package org.polyphony.plugin.source.files.input;

/// Finds the records of CSV text while it is read once: how many there are, how long the longest is, and
/// how they end. A quote opens at the beginning of a cell only; a line end in quotes ends nothing.
final class RecordScan {

    private final char delimiter;
    private boolean quoted;
    private boolean cellBegins = true;
    private char before;
    private long length;
    private long longest;
    private long records;
    private long crlf;
    private long lf;
    private long cr;

    RecordScan(char delimiter) {
        this.delimiter = delimiter;
    }

    /// What was found.
    ///
    /// @param records how many are not empty, the header included
    /// @param longest characters of the longest
    /// @param mixed whether they end in different ways
    record Shape(long records, long longest, boolean mixed) {

        static final Shape NONE = new Shape(0, 0, false);
    }

    void add(char c) {
        if (before == '\r' && !quoted && length == 0) {
            before = c;
            if (c == '\n') {
                crlf++;
                return;
            }
            cr++;
        } else {
            before = c;
        }
        if (quoted) {
            // a doubled quote closes and opens again
            quoted = c != '"';
            cellBegins = !quoted;
            length++;
        } else if (c == '\n' || c == '\r') {
            lf += c == '\n' ? 1 : 0;
            end();
        } else {
            quoted = c == '"' && cellBegins;
            cellBegins = c == delimiter || (length == 0 && c == '\uFEFF');
            length++;
        }
    }

    Shape shape() {
        if (before == '\r' && length == 0) {
            cr++;
        }
        end();
        return new Shape(records, longest, (crlf > 0 ? 1 : 0) + (lf > 0 ? 1 : 0) + (cr > 0 ? 1 : 0) > 1);
    }

    private void end() {
        records += length > 0 ? 1 : 0;
        longest = Math.max(longest, length);
        length = 0;
        cellBegins = true;
    }
}
