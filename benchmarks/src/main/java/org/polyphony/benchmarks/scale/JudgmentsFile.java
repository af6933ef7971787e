package org.polyphony.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;

/// Writes a table of generated pairs and the study that reads it:
/// `java -cp JAR org.polyphony.benchmarks.scale.JudgmentsFile FOLDER FORMAT JUDGMENTS ITEMS ANNOTATORS CANDIDATES`,
/// where FORMAT is `parquet`, `csv` or `csv.gz`. The same arguments give the same rows.
///
/// Annotators belong to four groups that want different candidates; a pair's choice is drawn by the logistic
/// function of the difference of two values.
public final class JudgmentsFile {

    private JudgmentsFile() {}

    /// Writes `judgments.FORMAT` and `study.yaml` into a folder.
    public static void main(String[] args) throws IOException, SQLException {
        if (args.length != 6) {
            System.err.println("usage: JudgmentsFile FOLDER parquet|csv|csv.gz JUDGMENTS ITEMS ANNOTATORS CANDIDATES");
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        String format = args[1].toLowerCase(Locale.ROOT);
        Path table = folder.resolve("judgments." + format);
        String how = format.equals("parquet") ? "FORMAT parquet" : "FORMAT csv, HEADER true";
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("SET preserve_insertion_order = false");
            statement.execute("COPY ("
                    + rows(
                            Long.parseLong(args[2]),
                            Long.parseLong(args[3]),
                            Long.parseLong(args[4]),
                            Long.parseLong(args[5]))
                    + ") TO '" + table.toString().replace("'", "''") + "' (" + how + ")");
        }
        Files.writeString(
                folder.resolve("study.yaml"), study(table.getFileName().toString()));
    }

    // the hash of one number is the randomness of one column of a row: DuckDB's hashes of several values depend on each
    // other. The second candidate is another one than the first
    private static String rows(long judgments, long items, long annotators, long candidates) {
        return """
                WITH drawn AS (
                  SELECT hash(8 * n) %% %2$d AS item, hash(8 * n + 1) %% %3$d AS annotator, hash(8 * n + 2) %% %4$d AS a,
                         (hash(8 * n + 2) %% %4$d + 1 + hash(8 * n + 3) %% (%4$d - 1)) %% %4$d AS b,
                         (hash(8 * n + 4) %% 1000000 + 0.5) / 1000000 AS chance
                  FROM range(%1$d) AS numbers(n)),
                valued AS (
                  SELECT *, hash(-8 * (%4$d * item + a) - annotator %% 4 - 2) %% 1000 / 500.0
                          + hash(-8 * (%4$d * item + a) - 1) %% 1000 / 500.0
                          - hash(-8 * (%4$d * item + b) - annotator %% 4 - 2) %% 1000 / 500.0
                          - hash(-8 * (%4$d * item + b) - 1) %% 1000 / 500.0 AS better
                  FROM drawn)
                SELECT 'item-' || item AS item, 'annotator-' || annotator AS annotator,
                       'group-' || annotator %% 4 AS "group", 'answer-' || a AS first, 'answer-' || b AS second,
                       CASE WHEN chance < 1 / (1 + exp(-better)) THEN 'first' ELSE 'second' END AS choice
                FROM valued""".formatted(judgments, items, annotators, candidates);
    }

    private static String study(String file) {
        return """
                study: scale
                source:
                  plugin: files
                  settings:
                    format: table
                    file: %s
                    item: item
                    annotator: annotator
                    pair: {first: first, second: second, choice: choice, values: {first: first, second: second}}
                    attributes: [{name: group, column: group}]
                seats: {attribute: group}
                profiler: {plugin: groups}
                algorithm: {plugin: nash-dpo, formulations: [population, stakeholder, consensus]}
                seed: 1
                """.formatted(file);
    }
}
