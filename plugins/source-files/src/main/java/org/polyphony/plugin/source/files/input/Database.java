package org.polyphony.plugin.source.files.input;

import static org.polyphony.spi.error.StandardErrorCode.COLUMN_MISSING;
import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;
import static org.polyphony.spi.error.StandardErrorCode.INTERNAL;
import static org.polyphony.spi.error.StandardErrorCode.MEMORY_EXHAUSTED;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.support.settings.NearestName;

/// An in-memory DuckDB that reads the files of one data folder and nothing else: no other folder, no
/// network, no extension, two threads, and half as much memory as the heap may take. What does not fit is sorted
/// on disk, in a folder of its own.
///
/// **Threads.** One thread at a time. Whoever opens it closes it.
public final class Database implements AutoCloseable {

    private static final int CHECK_EVERY = 8192;
    private static final long MEGABYTE = 1L << 20;
    private static final long LEAST_MEGABYTES = 256;

    private final Connection connection;
    private final DataFolder folder;
    // what does not fit into memory; the database makes the folder when it needs it, and removes it
    private final Path spill = Path.of(System.getProperty("java.io.tmpdir"))
            .toAbsolutePath()
            .resolve("polyphony-spill-" + UUID.randomUUID());
    private final char delimiter;
    private final PluginContext context;
    // by the names of the files they hold
    private final Map<String, String> tables = new HashMap<>();

    private Database(Connection connection, DataFolder folder, char delimiter, PluginContext context) {
        this.connection = connection;
        this.folder = folder;
        this.delimiter = delimiter;
        this.context = context;
    }

    /// Opens a database over `folder`.
    ///
    /// @param delimiter between the cells of CSV files; `.tsv` files have tabs
    public static Database open(DataFolder folder, char delimiter, PluginContext context) {
        try {
            // the driver is constructed, not looked up: DriverManager's registry pins class loaders
            var properties = new Properties();
            // else all rows are held, sorted ones twice
            properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
            Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
            if (connection == null) {
                throw new AlignmentException(INTERNAL, "DuckDB opened no in-memory database");
            }
            var database = new Database(connection, folder, delimiter, context);
            database.confine();
            return database;
        } catch (SQLException e) {
            throw new AlignmentException(INTERNAL, "DuckDB does not start: " + e.getMessage(), e);
        }
    }

    private void confine() throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String setting : List.of(
                    "threads = 2",
                    "memory_limit = '" + megabytes() + "MiB'",
                    "temp_directory = " + Sql.text(spill.toString()),
                    "autoinstall_known_extensions = false",
                    "autoload_known_extensions = false",
                    "allowed_directories = [" + Sql.text(folder.root() + "/") + ", "
                            + Sql.text(Sql.literally(folder.root()) + "/") + "]",
                    "enable_external_access = false",
                    "lock_configuration = true")) {
                statement.execute("SET " + setting);
            }
        }
    }

    // the heap's limit derives from the machine, see the start script; the sum of both stays below its memory
    private static long megabytes() {
        return Math.max(LEAST_MEGABYTES, Runtime.getRuntime().maxMemory() / 2 / MEGABYTE);
    }

    /// The names of the columns, or of the keys of the objects, that `file` has.
    public List<String> columns(DataFile file) {
        return switch (file.kind()) {
            case CSV, TSV, TEXT -> CsvHeader.of(file, delimiter(file));
            case JSON, JSON_LINES, PARQUET -> {
                var names = new ArrayList<String>();
                String query = "SELECT column_name FROM (DESCRIBE SELECT * FROM "
                        + Sql.scan(file, delimiter(file), List.of(), true) + ")";
                explained(List.of(file), () -> texts(query, file.name(), names::add));
                yield names;
            }
        };
    }

    /// Reads `columns` of `files` as texts. Rows come sorted by all columns in byte order, so neither the
    /// order of rows in a file nor the division into files matters, and rows that are the same as they
    /// stand; each knows where that is.
    ///
    /// @throws AlignmentException with code `COLUMN_MISSING` if a file lacks a column
    public void read(List<DataFile> files, List<String> columns, Consumer<Row> rows) {
        // numbered aliases, because one column may be read for two purposes
        String scans = IntStream.range(0, files.size())
                .mapToObj(f -> {
                    DataFile file = files.get(f);
                    List<String> present = columns(file);
                    columns.forEach(column -> requireColumn(file, column, present));
                    String cells = IntStream.range(0, columns.size())
                            .mapToObj(c -> Sql.cell(file, columns.get(c)) + " AS c" + c + ", ")
                            .collect(Collectors.joining());
                    return "SELECT " + cells + f + " AS file, " + Sql.row(file, present) + " AS row FROM "
                            + rows(file, present);
                })
                .collect(Collectors.joining(" UNION ALL "));
        boolean scanned = files.stream().allMatch(file -> file.kind() == DataFile.Kind.PARQUET);
        explained(files, () -> {
            try (var cells = new SortedCells(connection, scans, columns.size(), scanned)) {
                long[] read = cells.each(columns, files, context, rows);
                for (int f = 0; f < read.length; f++) {
                    requireWhole(files.get(f), read[f]);
                }
            } catch (SQLException e) {
                throw explain(e, names(files));
            }
        });
    }

    /// Tells every row of `file` in its order as a record of its columns, each with the file and row.
    public void records(DataFile file, BiConsumer<String, Map<String, @Nullable Object>> records) {
        var row = new long[1];
        String query = "SELECT to_json(r) FROM (SELECT * FROM " + rows(file, columns(file)) + ") r";
        texts(query, file.name(), json -> {
            String place = file.name() + ", row " + ++row[0];
            records.accept(place, JsonFile.record(place, json));
        });
        requireWhole(file, row[0]);
    }

    // DuckDB reads in blocks and counts lines within them
    private static void explained(List<DataFile> files, Runnable reading) {
        try {
            reading.run();
        } catch (AlignmentException e) {
            if (e.code() == FILE_MALFORMED) {
                files.stream()
                        .filter(file -> file.kind() == DataFile.Kind.JSON || file.kind() == DataFile.Kind.JSON_LINES)
                        .forEach(file -> JsonFile.each(file, (_, _) -> {}));
            }
            throw e;
        }
    }

    private String rows(DataFile file, List<String> present) {
        return file.kind().headed() && file.shape().mixed()
                ? loaded(file, present)
                : Sql.scan(file, delimiter(file), present, false);
    }

    // DuckDB refuses CSV whose lines end in different ways
    private String loaded(DataFile file, List<String> columns) {
        String known = tables.get(file.name());
        if (known != null) {
            return known;
        }
        String table = "loaded" + tables.size();
        tables.put(file.name(), table);
        try (var statement = connection.createStatement()) {
            statement.execute(columns.stream()
                    .map(column -> Sql.name(column) + " VARCHAR")
                    .collect(Collectors.joining(", ", "CREATE TABLE " + table + " (", ")")));
            try (var appender = connection.unwrap(DuckDBConnection.class).createAppender("main", table)) {
                var header = new boolean[] {true};
                CsvRecords.read(file, delimiter(file), cells -> {
                    if (!header[0]) {
                        append(file, appender, cells, columns.size());
                    }
                    header[0] = false;
                });
            }
            return table;
        } catch (SQLException e) {
            throw explain(e, file.name());
        }
    }

    private static void append(DataFile file, DuckDBAppender appender, List<String> cells, int columns) {
        if (cells.size() != columns) {
            throw new AlignmentException(
                    FILE_MALFORMED,
                    file.name() + ": a row has " + cells.size() + " cells where the header has " + columns
                            + "; it begins " + clip(String.join(",", cells)));
        }
        try {
            appender.beginRow();
            for (String cell : cells) {
                if (cell.isEmpty()) {
                    appender.appendNull();
                } else {
                    appender.append(cell);
                }
            }
            appender.endRow();
        } catch (SQLException e) {
            throw new AlignmentException(MEMORY_EXHAUSTED, file.name() + " does not fit into memory: " + e, e);
        }
    }

    /// What messages call `files`.
    public static String names(List<DataFile> files) {
        String first = files.getFirst().name();
        return files.size() == 1 ? first : first + " and " + (files.size() - 1) + " more";
    }

    /// Fails unless `file`, which has the columns `present`, has this one.
    private void requireColumn(DataFile file, String column, List<String> present) {
        if (!present.contains(column)) {
            throw new AlignmentException(
                    COLUMN_MISSING,
                    file.name() + " has no column " + column + NearestName.hint(column, present) + "; it has "
                            + NearestName.list(present)
                            + (file.kind().headed() ? CsvHeader.advice(file, delimiter(file), column, present) : ""));
        }
    }

    // the first column of a query
    private void texts(String sql, String from, Consumer<String> texts) {
        try (var statement = connection.createStatement();
                var results = statement.executeQuery(sql)) {
            for (long n = 0; results.next(); n++) {
                if (n % CHECK_EVERY == 0) {
                    context.checkCancelled();
                }
                texts.accept(results.getString(1));
            }
        } catch (SQLException e) {
            throw explain(told(sql, e), from);
        }
    }

    // results that are streamed end without their reason; the same query into a table tells it
    private SQLException told(String sql, SQLException failure) {
        if (!String.valueOf(failure.getMessage()).contains("Invalid result set")) {
            return failure;
        }
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE told AS " + sql);
            statement.execute("DROP TABLE told");
            return failure;
        } catch (SQLException e) {
            return e;
        }
    }

    // DuckDB has dropped a last line that was too long for it without a word
    private static void requireWhole(DataFile file, long read) {
        long there = file.shape().records() - 1;
        if (file.kind().headed() && read < there) {
            throw new AlignmentException(
                    FILE_MALFORMED,
                    file.name() + " has " + there + " rows, of which " + read
                            + " could be read; correct its quotes, or divide lines of many megabytes");
        }
    }

    private AlignmentException explain(SQLException e, String from) {
        String all = String.valueOf(e.getMessage())
                .replace(folder.root() + "/", "")
                .replace(Sql.literally(folder.root()) + "/", "");
        List<String> lines = all.lines().toList();
        String first = lines.isEmpty() ? "" : lines.getFirst();
        if (first.startsWith("Out of Memory")) {
            return new AlignmentException(
                    MEMORY_EXHAUSTED,
                    from + " needs more to sort than " + megabytes() + " MB, half of what the heap may take, and "
                            + spill.getParent() + " hold: " + first.replaceFirst("^Out of Memory Error: ", "")
                            + "; raise POLYPHONY_MAX_HEAP, or make room there or set TMPDIR to a larger folder",
                    e);
        }
        int csv = first.indexOf("CSV Error on Line: ");
        if (csv >= 0 && lines.size() > 2) {
            return new AlignmentException(
                    FILE_MALFORMED,
                    from + ", line " + first.substring(csv + "CSV Error on Line: ".length()) + ": " + reason(lines)
                            + "; the line begins " + clip(lines.get(1).replaceFirst("Original Line: ", "")),
                    e);
        }
        if (first.contains("non-record JSON")) {
            return new AlignmentException(
                    FILE_MALFORMED,
                    from + " holds JSON that is no object; write one object a line, or call a list of objects .json",
                    e);
        }
        return new AlignmentException(
                FILE_MALFORMED,
                from + " is not what its name says: "
                        + first.replaceFirst("^[A-Z][A-Za-z ]* Error: ", "").replaceFirst("\\.?\\s*$", "")
                        + "; correct the file",
                e);
    }

    // the offending line may itself span lines; the reason is the first line DuckDB wrote after it
    private static String reason(List<String> lines) {
        return lines.stream()
                .skip(2)
                .filter(line -> line.startsWith("Expected Number of Columns")
                        || line.startsWith("Value with unterminated quote")
                        || line.startsWith("Invalid unicode")
                        || line.startsWith("Maximum line size"))
                .findFirst()
                .orElse(lines.get(2))
                .replaceFirst("\\.\\s*$", "");
    }

    private static String clip(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private char delimiter(DataFile file) {
        return file.kind() == DataFile.Kind.TSV ? '\t' : delimiter;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new AlignmentException(INTERNAL, "DuckDB does not close: " + e.getMessage(), e);
        }
    }
}
