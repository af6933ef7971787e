package org.polyphony.plugin.source.files.input;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// Reads CSV records one after the other, however their lines end: CRLF, LF and CR may be mixed. For what
/// DuckDB refuses; it reads everything else, faster.
public final class CsvRecords {

    private static final int END = -1;

    private final DataFile file;
    private final char delimiter;
    private final BufferedReader text;
    private long line = 1;

    private CsvRecords(DataFile file, char delimiter, BufferedReader text) {
        this.file = file;
        this.delimiter = delimiter;
        this.text = text;
    }

    /// Gives every record that is not an empty line to `records`, in the order of the file.
    ///
    /// @throws AlignmentException with the line of a quote that is not closed, or not at the end of its cell
    public static void read(DataFile file, char delimiter, Consumer<List<String>> records) {
        try (var text = file.lines()) {
            new CsvRecords(file, delimiter, text).readAll(records);
        } catch (IOException e) {
            throw new AlignmentException(StandardErrorCode.IO_FAILED, file.name() + " cannot be read: " + e, e);
        }
    }

    private void readAll(Consumer<List<String>> records) throws IOException {
        int c = text.read();
        if (c == '\uFEFF') {
            c = text.read();
        }
        while (c != END) {
            var cells = new ArrayList<String>();
            c = record(c, cells);
            if (cells.size() > 1 || !cells.getFirst().isEmpty()) {
                records.accept(cells);
            }
        }
    }

    /// Reads a record whose first character is `c`; returns the first one of the next.
    private int record(int c, List<String> cells) throws IOException {
        int next = c;
        while (true) {
            var cell = new StringBuilder();
            next = next == '"' ? quoted(cell) : plain(next, cell);
            cells.add(cell.toString());
            if (next != delimiter) {
                return next == END ? END : lineEnd(next);
            }
            next = text.read();
        }
    }

    private int plain(int c, StringBuilder cell) throws IOException {
        int next = c;
        while (next != END && next != delimiter && next != '\n' && next != '\r') {
            cell.append((char) next);
            next = text.read();
        }
        return next;
    }

    private int quoted(StringBuilder cell) throws IOException {
        long opened = line;
        while (true) {
            int c = text.read();
            if (c == END) {
                throw malformed(opened, "the quote that opens a cell is not closed");
            }
            if (c != '"') {
                line += c == '\n' ? 1 : 0;
                cell.append((char) c);
                continue;
            }
            int next = text.read();
            if (next == END || next == delimiter || next == '\n' || next == '\r') {
                return next;
            }
            if (next != '"') {
                throw malformed(line, "text follows the quote that closes a cell; double quotes inside of a cell");
            }
            cell.append('"');
        }
    }

    private int lineEnd(int c) throws IOException {
        line++;
        int next = text.read();
        return c == '\r' && next == '\n' ? text.read() : next;
    }

    private AlignmentException malformed(long at, String what) {
        return new AlignmentException(FILE_MALFORMED, file.name() + ", line " + at + ": " + what);
    }
}
