package org.polyphony.plugin.source.files.input;

import static org.polyphony.spi.error.StandardErrorCode.VALUE_INVALID;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;

/// One row of a query, valid until the next one. Columns are numbered from 0; an empty cell is null.
public final class Row {

    // above any number of rows that a file within the limits can have
    private static final long ROWS = 1L << 40;

    private final ResultSet results;
    private final List<String> columns;
    private final String from;
    private final List<DataFile> files;

    /// A row of a query.
    ///
    /// @param from what it reads, for messages
    /// @param files if there are any, the query gives the number of one and of a row in it, from 1, behind
    ///     its columns
    Row(ResultSet results, List<String> columns, String from, List<DataFile> files) {
        this.results = results;
        this.columns = columns;
        this.from = from;
        this.files = files;
    }

    /// Which of the files the row stands in.
    int file() {
        return (int) (position() / ROWS);
    }

    /// Where the row stands: later rows of a file, and rows of later files, have larger numbers.
    public long position() {
        try {
            return results.getLong(columns.size() + 1) * ROWS + results.getLong(columns.size() + 2);
        } catch (SQLException e) {
            throw new IllegalStateException("the query does not say where its rows stand", e);
        }
    }

    /// The file and the row at a position of this query, for messages. A header is row 1.
    public String place(long position) {
        DataFile file = files.get((int) (position / ROWS));
        return file.name() + ", row " + (position % ROWS + (file.kind().headed() ? 1 : 0));
    }

    private String place() {
        return files.isEmpty() ? from : place(position());
    }

    /// The cell as text, or null where it is empty.
    public @Nullable String text(int column) {
        try {
            String text = results.getString(column + 1);
            return text == null || text.isEmpty() ? null : text;
        } catch (SQLException e) {
            throw new IllegalStateException("no column " + column, e);
        }
    }

    /// The cell as text; an empty one is an error.
    public String required(int column) {
        String text = text(column);
        if (text == null) {
            throw new AlignmentException(
                    VALUE_INVALID,
                    place() + ": " + columns.get(column) + " is empty in the row " + this
                            + "; every row needs a value there");
        }
        return text;
    }

    /// The cell as a finite number, or `otherwise` where it is empty.
    public double number(int column, double otherwise) {
        String text = text(column);
        if (text == null) {
            return otherwise;
        }
        double value;
        try {
            value = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw invalid(
                    column,
                    text.matches("\\s*[-+]?[\\d.,' ]*\\d,\\d+\\s*")
                            ? "expected a number with a decimal point and no separator of thousands, such as 4.5 or 1204"
                            : "expected a number");
        }
        if (!Double.isFinite(value)) {
            throw invalid(column, "expected a finite number");
        }
        return value;
    }

    /// An error about the cell: the value seen, and what was expected instead.
    public AlignmentException invalid(int column, String expected) {
        return new AlignmentException(
                VALUE_INVALID,
                place() + ": " + columns.get(column) + " is " + text(column) + " in the row " + this + "; " + expected);
    }

    /// The row's first cells, for messages.
    @Override
    public String toString() {
        var shown = new StringBuilder("(");
        for (int i = 0; i < Math.min(5, columns.size()); i++) {
            String text = text(i);
            String cell = text == null ? "" : text.length() > 60 ? text.substring(0, 60) + "…" : text;
            shown.append(i == 0 ? "" : ", ").append(columns.get(i)).append('=').append(cell);
        }
        return shown.append(')').toString();
    }
}
