package org.polyphony.plugin.source.files.input;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.duckdb.DuckDBPreparedStatement;
import org.polyphony.spi.context.PluginContext;

/// Cells of files, one row a row, sorted by all columns in byte order.
///
/// A column of few different texts is sorted and fetched as places in their list: numbers cost a tenth of texts.
///
/// **Threads.** One thread at a time; one of them a connection. Whoever opens it closes it.
final class SortedCells implements AutoCloseable {

    /// Such a list is held twice, in the heap and by DuckDB.
    private static final long MOST_BYTES = 1L << 28;
    /// Below, a list saves nothing.
    private static final long LEAST_REPETITION = 4;
    private static final long LEAST_ROWS = 100_000;

    private final Connection connection;
    private final int columns;
    private final long count;
    private final boolean[] listed;
    private final String[][] texts;
    private final String kind;

    /// Gathers the cells.
    ///
    /// @param select texts `c0`, `c1`, …, the number `file` of a file and the number `row` of a row in it, from 1
    /// @param scanned whether reading the files again is as fast as reading a table
    SortedCells(Connection connection, String select, int columns, boolean scanned) throws SQLException {
        this.connection = connection;
        this.columns = columns;
        this.listed = new boolean[columns];
        this.texts = new String[columns][];
        this.kind = scanned ? "VIEW" : "TABLE";
        execute("CREATE OR REPLACE TEMP " + kind + " cells AS " + select);
        count = number("SELECT count(*) FROM cells");
        for (int c = 0; count >= LEAST_ROWS && c < columns; c++) {
            long different = number("SELECT approx_count_distinct(c" + c + ") FROM cells");
            long bytes = different * number("SELECT coalesce(max(strlen(c" + c + ")), 0) FROM cells");
            listed[c] = different > 0 && different * LEAST_REPETITION <= count && bytes <= MOST_BYTES;
        }
        for (int c = 0; c < columns; c++) {
            texts[c] = listed[c] ? list(c) : new String[0];
        }
    }

    /// Tells all rows. The row given is valid during the call.
    ///
    /// @param names of the columns, for messages
    /// @return how many rows each of the files has
    /// @throws SQLException if DuckDB fails, for example for want of space
    long[] each(List<String> names, List<DataFile> files, PluginContext context, Consumer<Row> rows)
            throws SQLException {
        var read = new long[files.size()];
        var row = new Row(names, texts, files);
        String sorted = sorted();
        long told = 0;
        try (var statement = connection.prepareStatement(sorted).unwrap(DuckDBPreparedStatement.class);
                var results = statement.query()) {
            while (results.nextChunk()) {
                context.checkCancelled();
                int size = row.fetched(results.chunk());
                for (int n = 0; n < size; n++) {
                    row.move(n);
                    read[row.file()]++;
                    rows.accept(row);
                }
                told += size;
            }
        }
        if (told < count) {
            throw failure(sorted, told);
        }
        return read;
    }

    private String sorted() {
        var cells = new ArrayList<String>();
        var fetched = new ArrayList<String>();
        for (int c = 0; c < columns; c++) {
            cells.add((listed[c] ? "CAST(c" + c + " AS texts" + c + ")" : "c" + c) + " AS c" + c);
            fetched.add(listed[c] ? "CAST(enum_code(c" + c + ") AS INTEGER)" : "c" + c);
        }
        return "SELECT " + String.join(", ", fetched) + ", file, row FROM (SELECT " + String.join(", ", cells)
                + ", file, row FROM cells) ORDER BY ALL";
    }

    // the order of an enumeration is that of its values
    private String[] list(int column) throws SQLException {
        String cell = "c" + column;
        execute("CREATE TYPE texts" + column + " AS ENUM (SELECT DISTINCT " + cell + " FROM cells WHERE " + cell
                + " IS NOT NULL ORDER BY " + cell + ")");
        var list = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var values = statement.executeQuery("SELECT CAST(value AS VARCHAR) FROM (SELECT unnest(enum_range("
                        + "CAST(NULL AS texts" + column + "))) AS value) ORDER BY value")) {
            while (values.next()) {
                list.add(values.getString(1));
            }
        }
        return list.toArray(String[]::new);
    }

    // results that are streamed end early without a reason; the same query into a table tells it
    private SQLException failure(String sorted, long told) {
        try {
            execute("CREATE OR REPLACE TEMP TABLE failed AS " + sorted);
            execute("DROP TABLE failed");
            return new SQLException("of " + count + " rows, " + told + " could be read", FILE_MALFORMED.name());
        } catch (SQLException e) {
            return e;
        }
    }

    private long number(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        execute("DROP " + kind + " cells");
        for (int c = 0; c < columns; c++) {
            if (listed[c]) {
                execute("DROP TYPE texts" + c);
            }
        }
    }
}
