package org.polyphony.plugin.source.files.records;

import static org.polyphony.spi.error.StandardErrorCode.SETTING_INVALID;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.polyphony.plugin.source.assemble.Assembly;
import org.polyphony.plugin.source.assemble.Attribute;
import org.polyphony.plugin.source.assemble.Catalogue;
import org.polyphony.plugin.source.files.input.DataFile;
import org.polyphony.plugin.source.files.input.DataFolder;
import org.polyphony.plugin.source.files.input.Database;
import org.polyphony.plugin.source.files.input.Row;
import org.polyphony.plugin.source.files.input.Sql;
import org.polyphony.plugin.source.files.mapping.AttributeColumn;
import org.polyphony.plugin.source.files.mapping.FilesSettings;
import org.polyphony.plugin.source.files.table.Times;
import org.polyphony.plugin.source.naming.Nearest;
import org.polyphony.spi.preference.JudgmentForm;

/// Reads the canonical record: JSON with `prompt`, `completions` and `judgments`, one record an item.
///
/// A judgment is a ranking, best first, ties as inner lists; two candidates make a pair. An item's id is the
/// record's `id`, or is made from its prompt; records of the same item are merged. The keys of `group` become
/// attributes.
public final class CanonicalReader {

    private static final String KEYS = "{'id': 'VARCHAR', 'prompt': 'JSON', 'task_name': 'VARCHAR',"
            + " 'completions': 'STRUCT(id VARCHAR, completion JSON, unsafe BOOLEAN)[]',"
            + " 'judgments': 'STRUCT(annotator_id VARCHAR, ranking VARCHAR[][], weight DOUBLE,"
            + " \"group\" JSON, ts VARCHAR)[]'}";
    private static final String PROMPT = Texts.of("prompt");
    private static final String ITEM = "COALESCE(id, " + Texts.id("p-", "CAST(prompt AS VARCHAR)") + ")";

    private final FilesSettings settings;
    private final DataFolder folder;
    private final Database database;

    /// A reader of the records that `settings` name.
    public CanonicalReader(FilesSettings settings, DataFolder folder, Database database) {
        this.settings = settings;
        this.folder = folder;
        this.database = database;
    }

    /// Reads items, candidates and judgments.
    public Assembly read() {
        List<DataFile> files = folder.files(settings.file());
        for (DataFile file : files) {
            if (file.kind() != DataFile.Kind.JSON && file.kind() != DataFile.Kind.JSON_LINES) {
                throw new org.polyphony.spi.error.AlignmentException(
                        SETTING_INVALID,
                        file.name() + " is not JSON by its name; canonical records are read from .jsonl, .ndjson and"
                                + " .json, with or without .gz");
            }
            List<String> present = database.columns(file);
            List.of("prompt", "completions", "judgments").forEach(key -> Database.requireColumn(file, key, present));
        }
        List<AttributeColumn> attributes = settings.attributes().isEmpty() ? found(files) : settings.attributes();
        boolean timed = anyTime(files);
        var assembly = new Assembly(
                attributes.stream()
                        .map(column -> new Attribute(column.name(), column.levels(), column.blanks()))
                        .toList(),
                timed);
        candidates(files, assembly.catalogue());
        judgments(files, attributes, timed, assembly);
        return assembly;
    }

    private List<AttributeColumn> found(List<DataFile> files) {
        var names = new TreeSet<String>();
        String each =
                union(files, file -> "SELECT unnest(json_keys(j.\"group\")) AS k FROM (" + judgmentsOf(file) + ")");
        database.query(
                "SELECT DISTINCT k FROM (" + each + ") ORDER BY k",
                List.of("group"),
                Database.names(files),
                row -> names.add(row.required(0)));
        return names.stream()
                .map(name -> new AttributeColumn(name, java.util.Optional.empty(), List.of(), List.of()))
                .toList();
    }

    private boolean anyTime(List<DataFile> files) {
        var found = new boolean[1];
        String each = union(files, file -> "SELECT j.ts AS t FROM (" + judgmentsOf(file) + ")");
        database.query(
                "SELECT count(t), count(*) FROM (" + each + ")",
                List.of("times", "judgments"),
                Database.names(files),
                row -> found[0] = row.number(0, 0) > 0 && row.number(0, 0) == row.number(1, 0));
        return found[0];
    }

    private void candidates(List<DataFile> files, Catalogue catalogue) {
        String each = union(
                files,
                file -> "SELECT " + ITEM + " AS item, c.id AS candidate, " + PROMPT + " AS prompt, "
                        + Texts.of("c.completion") + " AS text, c.unsafe AS unsafe, task_name FROM (SELECT *,"
                        + " unnest(completions) AS c FROM " + Sql.records(file, KEYS) + ")");
        database.query(
                "SELECT * FROM (" + each + ") ORDER BY ALL",
                List.of("item", "completions.id", "prompt", "completion", "unsafe", "task_name"),
                Database.names(files),
                row -> {
                    int item = catalogue.item(row.required(0));
                    int candidate = catalogue.candidate(item, row.required(1));
                    catalogue.prompt(item, orEmpty(row.text(2)));
                    catalogue.text(item, candidate, orEmpty(row.text(3)));
                    if (orEmpty(row.text(4)).toLowerCase(Locale.ROOT).equals("true")) {
                        catalogue.unsafe(candidate);
                    }
                    String task = row.text(5);
                    if (task != null) {
                        catalogue.attribute(item, "task_name", task);
                    }
                });
    }

    private void judgments(List<DataFile> files, List<AttributeColumn> attributes, boolean timed, Assembly assembly) {
        String groups = attributes.stream()
                .map(column -> "json_extract_string(j.\"group\", "
                        + Sql.text("$.\"" + column.source().replace("\"", "\\\"") + "\"") + "), ")
                .collect(Collectors.joining());
        String each = union(
                files,
                file -> "SELECT " + ITEM + " AS item, j.annotator_id, " + groups + "j.weight, j.ts, j.ranking FROM ("
                        + judgmentsOf(file) + ")");
        var names = new ArrayList<>(List.of("item", "annotator_id"));
        attributes.forEach(column -> names.add("group." + column.source()));
        names.addAll(List.of("weight", "ts", "ranking"));
        int weight = 2 + attributes.size();
        database.query("SELECT * FROM (" + each + ") ORDER BY ALL", names, Database.names(files), row -> {
            int item = assembly.catalogue().findItem(row.required(0));
            if (item < 0) {
                throw row.invalid(0, "that record has judgments but no completions");
            }
            List<List<String>> ranking = row.nested(weight + 2);
            int ranked = ranking.stream().mapToInt(List::size).sum();
            int[] levels = new int[attributes.size()];
            for (int g = 0; g < levels.length; g++) {
                levels[g] = assembly.attributes().get(g).level(row.text(2 + g));
            }
            double weighs = row.number(weight, 1);
            if (!(weighs > 0)) {
                throw row.invalid(weight, "weights are positive");
            }
            assembly.begin(
                    ranked == 2 ? JudgmentForm.PAIR : JudgmentForm.RANKING,
                    item,
                    row.required(1),
                    levels,
                    weighs,
                    timed ? Times.milliseconds(row, weight + 1) : 0);
            entries(row, weight + 2, item, ranking, ranked, assembly);
            assembly.end();
        });
    }

    private static void entries(
            Row row, int column, int item, List<List<String>> ranking, int ranked, Assembly assembly) {
        Catalogue catalogue = assembly.catalogue();
        for (int rank = 0; rank < ranking.size(); rank++) {
            for (String id : ranking.get(rank)) {
                int candidate = catalogue.findCandidate(item, id);
                if (candidate < 0) {
                    List<String> present =
                            new TreeSet<>(catalogue.candidatesOf(item)).stream().toList();
                    throw row.invalid(
                            column,
                            "no completion has the id " + id + Nearest.hint(id, present) + " Known are "
                                    + Nearest.list(present));
                }
                // a pair's values are 1 and 0, or one half each
                double ofPair = ranking.get(rank).size() == 2 ? 0.5 : rank == firstRank(ranking) ? 1 : 0;
                assembly.entry(candidate, ranked == 2 ? ofPair : -rank);
            }
        }
    }

    private static int firstRank(List<List<String>> ranking) {
        int rank = 0;
        while (ranking.get(rank).isEmpty()) {
            rank++;
        }
        return rank;
    }

    private static String judgmentsOf(DataFile file) {
        return "SELECT *, unnest(judgments) AS j FROM " + Sql.records(file, KEYS);
    }

    private static String union(List<DataFile> files, Function<DataFile, String> query) {
        return files.stream().map(query).collect(Collectors.joining(" UNION ALL "));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
