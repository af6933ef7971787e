package org.polyphony.plugin.source.files.records;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
import org.polyphony.spi.preference.JudgmentForm;

/// Reads pairs as TRL writes them: `prompt`, `chosen` and `rejected`, as texts or as lists of messages.
///
/// Without `prompt` the conversation up to the last message is the prompt. Items and candidates get ids made
/// from their texts. TRL's format knows no annotators; where no column holds them, all pairs are by one
/// annotator called `unknown`.
public final class ChosenRejectedReader {

    private final FilesSettings settings;
    private final DataFolder folder;
    private final Database database;

    /// A reader of the pairs that `settings` name.
    public ChosenRejectedReader(FilesSettings settings, DataFolder folder, Database database) {
        this.settings = settings;
        this.folder = folder;
        this.database = database;
    }

    /// Reads all pairs.
    public Assembly read() {
        var assembly = new Assembly(
                settings.attributes().stream()
                        .map(column -> new Attribute(column.name(), column.levels(), column.blanks()))
                        .toList(),
                settings.time().isPresent());
        List<DataFile> files = folder.files(settings.file());
        var extra = new ArrayList<String>();
        settings.annotator().ifPresent(extra::add);
        settings.attributes().stream().map(AttributeColumn::source).forEach(extra::add);
        settings.weight().ifPresent(extra::add);
        settings.time().ifPresent(extra::add);
        String each = files.stream().map(file -> select(file, extra)).collect(Collectors.joining(" UNION ALL "));
        var names = new ArrayList<>(List.of("prompt", "chosen", "rejected", "item", "chosen id", "rejected id"));
        names.addAll(extra);
        String ids = Texts.id("p-", "prompt") + ", " + Texts.id("c-", "chosen") + ", " + Texts.id("c-", "rejected");
        database.query(
                "SELECT prompt, chosen, rejected, " + ids + ", * EXCLUDE (prompt, chosen, rejected) FROM (" + each
                        + ") ORDER BY ALL",
                names,
                Database.names(files),
                row -> pair(row, assembly));
        return assembly;
    }

    private void pair(Row row, Assembly assembly) {
        Catalogue catalogue = assembly.catalogue();
        String prompt = row.required(0);
        String chosen = row.required(1);
        String rejected = row.required(2);
        if (chosen.equals(rejected)) {
            throw row.invalid(2, "chosen and rejected must differ");
        }
        int item = catalogue.item(row.required(3));
        catalogue.prompt(item, prompt);
        int better = catalogue.candidate(item, row.required(4));
        int worse = catalogue.candidate(item, row.required(5));
        catalogue.text(item, better, chosen);
        catalogue.text(item, worse, rejected);
        int column = 6;
        String who = settings.annotator().isPresent() ? row.required(column++) : "unknown";
        int[] levels = new int[settings.attributes().size()];
        for (int g = 0; g < levels.length; g++) {
            levels[g] = assembly.attributes().get(g).level(row.text(column++));
        }
        double weight = 1;
        if (settings.weight().isPresent()) {
            weight = row.number(column, 1);
            if (!(weight > 0)) {
                throw row.invalid(column, "weights are positive");
            }
            column++;
        }
        long time = settings.time().isPresent() ? Times.milliseconds(row, column) : 0;
        assembly.begin(JudgmentForm.PAIR, item, who, levels, weight, time);
        assembly.entry(better, 1);
        assembly.entry(worse, 0);
        assembly.end();
    }

    private String select(DataFile file, List<String> extra) {
        List<String> present = database.columns(file);
        boolean explicit = present.contains("prompt");
        Database.requireColumn(file, "chosen", present);
        Database.requireColumn(file, "rejected", present);
        extra.forEach(column -> Database.requireColumn(file, column, present));
        // aliases, because an extra column may have any name
        var more = new StringBuilder();
        for (int i = 0; i < extra.size(); i++) {
            more.append(", CAST(")
                    .append(Sql.name(extra.get(i)))
                    .append(" AS VARCHAR) AS extra")
                    .append(i);
        }
        String chosen = "to_json(chosen)";
        String rejected = "to_json(rejected)";
        String texts = explicit
                ? Texts.of("to_json(prompt)") + " AS prompt, " + Texts.of(chosen) + " AS chosen, " + Texts.of(rejected)
                        + " AS rejected"
                : Texts.ofAllButLast(chosen) + " AS prompt, " + Texts.ofLast(chosen) + " AS chosen, "
                        + Texts.ofLast(rejected) + " AS rejected";
        return "SELECT " + texts + more + " FROM " + scan(file, present, explicit, extra);
    }

    private String scan(DataFile file, List<String> present, boolean explicit, List<String> extra) {
        return switch (file.kind()) {
            case JSON, JSON_LINES -> {
                String keys = (explicit ? "'prompt': 'JSON', " : "") + "'chosen': 'JSON', 'rejected': 'JSON'"
                        + extra.stream()
                                .map(column -> ", " + Sql.text(column) + ": 'VARCHAR'")
                                .collect(Collectors.joining());
                yield Sql.records(file, "{" + keys + "}");
            }
            case CSV, TSV, PARQUET, TEXT -> Sql.scan(file, settings.delimiter().charAt(0), present, false);
        };
    }
}
