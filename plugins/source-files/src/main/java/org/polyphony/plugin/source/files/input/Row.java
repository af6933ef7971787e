package org.polyphony.plugin.source.files.input;

import static org.polyphony.spi.error.StandardErrorCode.VALUE_INVALID;

import java.util.List;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;

/// One row of sorted cells, valid until the next one. Columns are numbered from 0; an empty cell is null.
public final class Row {

    // above any number of rows that a file within the limits can have
    private static final long ROWS = 1L << 40;

    private final List<String> columns;
    // where a column is fetched as places in a list, the list
    private final String[][] texts;
    private final List<DataFile> files;
    private final DuckDBReadableVector[] cells;
    private long at;

    /// A row of columns with these names.
    ///
    /// @param texts the list in which a column's cells are places; empty where they are texts themselves
    /// @param files behind the columns come the number of one and of a row in it, from 1
    Row(List<String> columns, String[][] texts, List<DataFile> files) {
        this.columns = columns;
        this.texts = texts;
        this.files = files;
        this.cells = new DuckDBReadableVector[columns.size() + 2];
    }

    /// Begins with the rows of a chunk, and says how many there are.
    int fetched(DuckDBDataChunkReader chunk) {
        for (int c = 0; c < cells.length; c++) {
            cells[c] = chunk.vector(c);
        }
        return Math.toIntExact(chunk.rowCount());
    }

    /// Moves to a row of the chunk.
    void move(int row) {
        at = row;
    }

    /// Which of the files the row stands in.
    int file() {
        return cells[columns.size()].getInt(at);
    }

    /// Where the row stands: later rows of a file, and rows of later files, have larger numbers.
    public long position() {
        return file() * ROWS + cells[columns.size() + 1].getLong(at);
    }

    /// The file and the row at a position of this query, for messages. A header is row 1.
    public String place(long position) {
        DataFile file = files.get((int) (position / ROWS));
        return file.name() + ", row " + (position % ROWS + (file.kind().headed() ? 1 : 0));
    }

    private String place() {
        return place(position());
    }

    /// The cell as text, or null where it is empty.
    public @Nullable String text(int column) {
        DuckDBReadableVector cell = cells[column];
        if (cell.isNull(at)) {
            return null;
        }
        String[] list = texts[column];
        String text = list.length == 0 ? cell.getString(at) : list[cell.getInt(at)];
        return text.isEmpty() ? null : text;
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
