package org.polyphony.engine.io;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;
import static org.polyphony.spi.error.StandardErrorCode.FILE_NOT_FOUND;
import static org.polyphony.spi.error.StandardErrorCode.MEMORY_EXHAUSTED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.polyphony.spi.error.AlignmentException;

/// Tables as Parquet files, by an embedded DuckDB of one thread that may take half as much memory as the heap, where
/// the table is, and loads no extension. The same table gives the same bytes.
public final class ParquetTables {

    private static final long LEAST_MEMORY = 256L << 20;

    private ParquetTables() {}

    /// Writes a table, whole or not at all.
    public static void write(Path target, Table table) {
        if (table.columns().isEmpty()) {
            throw new IllegalArgumentException("a Parquet file has at least one column, got none for " + target);
        }
        AtomicFile.produce(target, temporary -> {
            try (var connection = open()) {
                append(connection, table);
                try (var statement = connection.createStatement()) {
                    statement.execute("COPY t TO " + literal(temporary.toString()) + " (FORMAT parquet)");
                }
            } catch (SQLException e) {
                requireMemory(target, e);
                throw new IOException(e.getMessage(), e);
            }
        });
    }

    /// Reads a table of text, whole-number and floating-point columns without nulls.
    ///
    /// @throws AlignmentException with code `FILE_NOT_FOUND` or `FILE_MALFORMED`
    public static Table read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new AlignmentException(FILE_NOT_FOUND, file + " is not a file; name a Parquet file");
        }
        try (var connection = open();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM read_parquet(" + literal(file.toString()) + ")")) {
            var columns = new ArrayList<Growing>();
            var types = rows.getMetaData();
            for (int c = 1; c <= types.getColumnCount(); c++) {
                columns.add(growing(file, types, c));
            }
            while (rows.next()) {
                for (int c = 0; c < columns.size(); c++) {
                    columns.get(c).add(rows, c + 1);
                    if (rows.wasNull()) {
                        throw new AlignmentException(
                                FILE_MALFORMED,
                                file + ": column " + types.getColumnLabel(c + 1) + " has blanks; tables have none");
                    }
                }
            }
            return new Table(columns.stream().map(Growing::column).toList());
        } catch (SQLException e) {
            requireMemory(file, e);
            throw new AlignmentException(
                    FILE_MALFORMED, file + " cannot be read as Parquet: " + e.getMessage() + "; write it again", e);
        }
    }

    private static Connection open() throws SQLException {
        var settings = new Properties();
        settings.setProperty("threads", "1");
        settings.setProperty("memory_limit", memory() + "B");
        settings.setProperty("temp_directory", ""); // else `.tmp` in the folder where the user happens to be
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("jdbc_stream_results", "true");
        return DriverManager.getConnection("jdbc:duckdb:", settings);
    }

    private static long memory() {
        return Math.max(LEAST_MEMORY, Runtime.getRuntime().maxMemory() / 2);
    }

    private static void requireMemory(Path file, SQLException e) {
        if (String.valueOf(e.getMessage()).startsWith("Out of Memory")) {
            throw new AlignmentException(
                    MEMORY_EXHAUSTED,
                    file + " needs more than the " + (memory() >> 20) + " MB that tables may take, half of the heap;"
                            + " raise POLYPHONY_MAX_HEAP",
                    e);
        }
    }

    private static void append(Connection connection, Table table) throws SQLException {
        var columns = table.columns().stream()
                .map(column -> name(column.name()) + " " + type(column) + " NOT NULL")
                .collect(Collectors.joining(", "));
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (" + columns + ")");
        }
        try (var appender = connection.unwrap(DuckDBConnection.class).createAppender("main", "t")) {
            for (int row = 0; row < table.rows(); row++) {
                appender.beginRow();
                for (var column : table.columns()) {
                    switch (column) {
                        case TableColumn.Texts texts ->
                            appender.append(texts.values().get(row));
                        case TableColumn.Doubles doubles -> appender.append(doubles.values()[row]);
                        case TableColumn.Longs longs -> appender.append(longs.values()[row]);
                    }
                }
                appender.endRow();
            }
        }
    }

    private static String type(TableColumn column) {
        return switch (column) {
            case TableColumn.Texts _ -> "VARCHAR";
            case TableColumn.Doubles _ -> "DOUBLE";
            case TableColumn.Longs _ -> "BIGINT";
        };
    }

    private static String name(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static Growing growing(Path file, ResultSetMetaData types, int column) throws SQLException {
        var name = types.getColumnLabel(column);
        return switch (types.getColumnType(column)) {
            case Types.VARCHAR -> new Growing.Texts(name);
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> new Growing.Longs(name);
            case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.DECIMAL -> new Growing.Doubles(name);
            default ->
                throw new AlignmentException(
                        FILE_MALFORMED,
                        file + ": column " + name + " is " + types.getColumnTypeName(column)
                                + "; tables have text, whole-number and floating-point columns");
        };
    }

    // a column while its rows arrive
    private sealed interface Growing {

        void add(ResultSet rows, int column) throws SQLException;

        TableColumn column();

        final class Texts implements Growing {
            private final String name;
            private final List<String> values = new ArrayList<>();

            Texts(String name) {
                this.name = name;
            }

            @Override
            public void add(ResultSet rows, int column) throws SQLException {
                var value = rows.getString(column);
                values.add(value == null ? "" : value);
            }

            @Override
            public TableColumn column() {
                return new TableColumn.Texts(name, values);
            }
        }

        final class Doubles implements Growing {
            private final String name;
            private double[] values = new double[1024];
            private int size;

            Doubles(String name) {
                this.name = name;
            }

            @Override
            public void add(ResultSet rows, int column) throws SQLException {
                values = size == values.length ? Arrays.copyOf(values, 2 * size) : values;
                values[size++] = rows.getDouble(column);
            }

            @Override
            public TableColumn column() {
                return new TableColumn.Doubles(name, Arrays.copyOf(values, size));
            }
        }

        final class Longs implements Growing {
            private final String name;
            private long[] values = new long[1024];
            private int size;

            Longs(String name) {
                this.name = name;
            }

            @Override
            public void add(ResultSet rows, int column) throws SQLException {
                values = size == values.length ? Arrays.copyOf(values, 2 * size) : values;
                values[size++] = rows.getLong(column);
            }

            @Override
            public TableColumn column() {
                return new TableColumn.Longs(name, Arrays.copyOf(values, size));
            }
        }
    }
}
