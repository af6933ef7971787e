package org.polyphony.plugin.source.files.input;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Pieces of DuckDB's SQL.
public final class Sql {

    private Sql() {}

    /// A text literal.
    public static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /// A quoted identifier.
    public static String name(String value) {
        return "\"" + value.replace("\"", "\"\"") + "\"";
    }

    /// A table function that reads `file` as JSON records with these typed keys; absent keys are null.
    ///
    /// @param keys SQL of a struct of key to type
    public static String records(DataFile file, String keys) {
        return "read_json(" + path(file) + json(file) + ", columns = " + keys + ")";
    }

    /// A table function that reads a CSV file without a header as columns `key` and `value`.
    public static String keyValues(DataFile file) {
        return "read_csv(" + path(file)
                + ", auto_detect = false, header = false, columns = {'key': 'VARCHAR', 'value': 'VARCHAR'},"
                + " delim = ',', quote = '\"', escape = '\"', strict_mode = true, compression = "
                + text(file.compressed() ? "gzip" : "none") + ")";
    }

    /// A table function that reads `file`, all columns as text.
    ///
    /// @param columns what a CSV or JSON file has; Parquet says so itself
    /// @param detect whether JSON keys are to be found in the file instead
    public static String scan(DataFile file, char delimiter, List<String> columns, boolean detect) {
        String types = columns.stream()
                .map(column -> text(column) + ": 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        return switch (file.kind()) {
            case CSV, TSV, TEXT ->
                "read_csv(" + path(file) + ", auto_detect = false, header = true, columns = " + types
                        + ", delim = " + text(String.valueOf(delimiter))
                        + ", quote = '\"', escape = '\"', strict_mode = true, null_padding = false, compression = "
                        + text(file.compressed() ? "gzip" : "none") + ")";
            case JSON, JSON_LINES ->
                detect ? "read_json(" + path(file) + json(file) + ", sample_size = -1)" : records(file, types);
            case PARQUET -> "read_parquet(" + path(file) + ")";
        };
    }

    private static String json(DataFile file) {
        return ", records = true, format = "
                + text(file.kind() == DataFile.Kind.JSON ? "auto" : "newline_delimited")
                + ", compression = " + text(file.compressed() ? "gzip" : "uncompressed");
    }

    private static String path(DataFile file) {
        return text(literally(file.path()));
    }

    /// A path that DuckDB, which expands patterns, takes literally. It checks permission before it expands, so
    /// the folder must be allowed in this form too.
    static String literally(Path path) {
        return path.toString().replaceAll("([*?\\[])", "[$1]");
    }
}
