package org.polyphony.plugin.source.files.input;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.polyphony.spi.error.AlignmentException;

/// The first record of a CSV file.
///
/// DuckDB could detect it, but then reports a ragged row further down as a failed detection, without its
/// line.
final class CsvHeader {

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int TITLE_LINES = 10;

    private CsvHeader() {}

    /// The column names of `file`; an empty one becomes `column` and its position, from 1.
    static List<String> of(DataFile file, char delimiter) {
        List<String> names = split(file, delimiter);
        var seen = new HashSet<String>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isEmpty()) {
                names.set(i, "column" + (i + 1));
            }
            if (!seen.add(names.get(i))) {
                throw new AlignmentException(
                        FILE_MALFORMED,
                        file.name() + ", line 1: column " + names.get(i) + " occurs twice; rename one of them");
            }
        }
        return names;
    }

    /// A sentence about why `column` may not have been found in a file that was divided at `set` and has the columns
    /// `present`, or nothing.
    static String advice(DataFile file, char set, String column, List<String> present) {
        for (String name : present) {
            if (name.strip().equals(column)) {
                return "; blanks around a name belong to it: write '" + name + "'";
            }
        }
        List<String> lines = file.head().lines().limit(TITLE_LINES + 1L).toList();
        for (int line = 0; line < lines.size(); line++) {
            for (char delimiter : DELIMITERS) {
                boolean found = Arrays.stream(lines.get(line).split(Pattern.quote(String.valueOf(delimiter)), -1))
                        .map(cell -> cell.strip().replaceAll("^\uFEFF?\"?|\"$", ""))
                        .anyMatch(column::equals);
                if (found) {
                    return (line == 0 ? "" : "; its header seems to be line " + (line + 1) + ": remove what is above")
                            + (delimiter != set && (present.size() == 1 || line > 0)
                                    ? "; its cells seem to be separated by '" + (delimiter == '\t' ? "\\t" : delimiter)
                                            + "': set 'delimiter' to that"
                                            + (delimiter == '\t' ? ", in double quotes" : "")
                                    : "");
                }
            }
        }
        return "";
    }

    private static List<String> split(DataFile file, char delimiter) {
        String text = file.head();
        var names = new ArrayList<String>();
        var name = new StringBuilder();
        boolean quoted = false;
        for (int i = text.startsWith("\uFEFF") ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                boolean doubled = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (doubled) {
                    name.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (c == '\n' || c == '\r')) {
                names.add(name.toString());
                return names;
            } else if (!quoted && c == delimiter) {
                names.add(name.toString());
                name.setLength(0);
            } else {
                name.append(c);
            }
        }
        if (quoted) {
            throw new AlignmentException(
                    FILE_MALFORMED, file.name() + ", line 1: the header has a quote that is not closed");
        }
        names.add(name.toString());
        return names;
    }
}
