package org.polyphony.plugin.source.files.input;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Pieces of DuckDB's SQL.
public final class Sql {

    // what DuckDB reads without being told
    private static final long DEFAULT_LINE = 2_000_000;

    private static final String ROW = "file_row_number";

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

    /// A column of `file` as text. What programs write into Parquet for a missing number is null.
    public static String cell(DataFile file, String column) {
        String text = "CAST(" + name(column) + " AS VARCHAR)";
        return file.kind() == DataFile.Kind.PARQUET ? "NULLIF(" + text + ", 'nan')" : text;
    }

    /// The number of a row in `file`, from 1. Parquet says it, so that several threads may read.
    ///
    /// @param present the file's columns, one of which may be called as the number is
    public static String row(DataFile file, List<String> present) {
        return file.kind() == DataFile.Kind.PARQUET && present.stream().noneMatch(ROW::equalsIgnoreCase)
                ? ROW + " + 1"
                : "row_number() OVER ()";
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
                        + ", quote = '\"', escape = '\"', strict_mode = true, null_padding = false" + lineSize(file)
                        + ", compression = " + text(file.compressed() ? "gzip" : "none") + ")";
            case JSON, JSON_LINES ->
                detect ? "read_json(" + path(file) + json(file) + ", sample_size = -1)" : records(file, types);
            case PARQUET -> "read_parquet(" + path(file) + ")";
        };
    }

    // three bytes are the most that a char takes in UTF-8; a buffer holds several lines
    private static String lineSize(DataFile file) {
        long bytes = 3 * file.shape().longest() + 1024;
        return bytes < DEFAULT_LINE
                ? ""
                : ", max_line_size = " + bytes + ", buffer_size = " + (2 * bytes) + ", parallel = false";
    }

    private static String json(DataFile file) {
        return ", records = true, format = "
                + text(file.kind() == DataFile.Kind.JSON ? "auto" : "newline_delimited")
                + ", compression = " + text(file.compressed() ? "gzip" : "uncompressed");
    }

    private static String path(DataFile file) {
        return text(literally(file.path()));
    }

    /// A path that DuckDB, which expands patterns, takes literally. It checks permission before it expands,
    /// so the folder must be allowed in this form too.
    static String literally(Path path) {
        return path.toString().replaceAll("([*?\\[])", "[$1]");
    }
}
