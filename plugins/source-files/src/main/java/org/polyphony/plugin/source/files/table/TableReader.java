package org.polyphony.plugin.source.files.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.polyphony.plugin.source.assemble.Assembly;
import org.polyphony.plugin.source.assemble.Attribute;
import org.polyphony.plugin.source.assemble.Catalogue;
import org.polyphony.plugin.source.files.input.DataFile;
import org.polyphony.plugin.source.files.input.DataFolder;
import org.polyphony.plugin.source.files.input.Database;
import org.polyphony.plugin.source.files.input.Row;
import org.polyphony.plugin.source.files.mapping.ApprovalColumns;
import org.polyphony.plugin.source.files.mapping.AttributeColumn;
import org.polyphony.plugin.source.files.mapping.FilesSettings;
import org.polyphony.plugin.source.files.mapping.PairColumns;
import org.polyphony.plugin.source.files.mapping.RankingColumn;
import org.polyphony.plugin.source.naming.Nearest;
import org.polyphony.spi.preference.JudgmentForm;

/// Reads a table with a pair, a ranking, or one rated or approved candidate a row.
public final class TableReader {

    private final FilesSettings settings;
    private final DataFolder folder;
    private final Database database;
    private final Assembly assembly;
    private final Columns columns;
    private @Nullable List<@Nullable String> open;

    /// A reader of the table that `settings` describe.
    public TableReader(FilesSettings settings, DataFolder folder, Database database) {
        this.settings = settings;
        this.folder = folder;
        this.database = database;
        this.columns = Columns.of(settings);
        this.assembly = new Assembly(
                settings.attributes().stream()
                        .map(column -> new Attribute(column.name(), column.levels(), column.blanks()))
                        .toList(),
                settings.time().isPresent());
    }

    /// Reads candidates, items and judgments.
    public Assembly read() {
        settings.candidates().ifPresent(file -> new CandidateTable(database, assembly.catalogue()).read(folder, file));
        List<DataFile> files = folder.files(settings.file());
        database.read(files, columns.names(), this::row);
        if (open != null) {
            assembly.end();
        }
        settings.items().ifPresent(file -> new ItemTable(database, assembly.catalogue()).read(folder, file));
        return assembly;
    }

    private void row(Row row) {
        String itemId = row.required(columns.item());
        Catalogue catalogue = assembly.catalogue();
        int item = settings.candidates().isPresent() ? catalogue.findItem(itemId) : catalogue.item(itemId);
        if (item < 0) {
            throw row.invalid(columns.item(), "no candidate of that item is in the candidates file");
        }
        if (settings.pair().isPresent()) {
            begin(JudgmentForm.PAIR, item, row);
            pair(row, item, settings.pair().get());
            assembly.end();
        } else if (settings.ranking().isPresent()) {
            begin(JudgmentForm.RANKING, item, row);
            ranking(row, item, settings.ranking().get());
            assembly.end();
        } else {
            entryOfMany(row, item);
        }
    }

    private void begin(JudgmentForm form, int item, Row row) {
        int[] levels = new int[columns.attributes()];
        for (int g = 0; g < levels.length; g++) {
            levels[g] = assembly.attributes().get(g).level(row.text(columns.attribute(g)));
        }
        double weight = columns.weight() < 0 ? 1 : row.number(columns.weight(), 1);
        if (!(weight > 0)) {
            throw row.invalid(columns.weight(), "weights are positive");
        }
        long time = columns.time() < 0 ? 0 : Times.milliseconds(row, columns.time());
        assembly.begin(form, item, row.required(columns.annotator()), levels, weight, time);
    }

    private void pair(Row row, int item, PairColumns pair) {
        String choice = row.required(columns.form(2));
        PairColumns.Outcome outcome = pair.values().get(choice);
        if (outcome == null) {
            throw row.invalid(columns.form(2), "known choices are " + known(pair.values()));
        }
        double first = switch (outcome) {
            case FIRST -> 1;
            case SECOND -> 0;
            case TIE -> 0.5;
        };
        int a = candidate(row, columns.form(0), item, row.required(columns.form(0)));
        int b = candidate(row, columns.form(1), item, row.required(columns.form(1)));
        if (a == b) {
            throw row.invalid(columns.form(1), "a pair has two different candidates");
        }
        assembly.entry(a, first);
        assembly.entry(b, 1 - first);
    }

    private void ranking(Row row, int item, RankingColumn ranking) {
        String[] ranks = row.required(columns.form(0)).split(Pattern.quote(ranking.better()), -1);
        for (int rank = 0; rank < ranks.length; rank++) {
            for (String id : ranks[rank].split(Pattern.quote(ranking.tie()), -1)) {
                if (id.isBlank()) {
                    throw row.invalid(columns.form(0), "expected candidates between " + ranking.better());
                }
                assembly.entry(candidate(row, columns.form(0), item, id.strip()), -rank);
            }
        }
    }

    // rows of one annotator about one item come one after the other, because the rows are sorted by these first
    private void entryOfMany(Row row, int item) {
        List<@Nullable String> key = new ArrayList<>();
        for (int column = 0; column < columns.shared(); column++) {
            key.add(row.text(column));
        }
        if (!key.equals(open)) {
            if (open != null) {
                assembly.end();
            }
            open = key;
            begin(settings.rating().isPresent() ? JudgmentForm.RATING : JudgmentForm.APPROVAL, item, row);
        }
        int candidate = candidate(row, columns.form(0), item, row.required(columns.form(0)));
        assembly.entry(candidate, settings.rating().isPresent() ? rating(row) : approval(row));
    }

    private double rating(Row row) {
        row.required(columns.form(1));
        return row.number(columns.form(1), Double.NaN);
    }

    private double approval(Row row) {
        var values = settings.approval().map(ApprovalColumns::values).orElse(Map.of());
        ApprovalColumns.Vote vote = values.get(row.required(columns.form(1)));
        if (vote == null) {
            throw row.invalid(columns.form(1), "known votes are " + known(values));
        }
        return vote.value();
    }

    private int candidate(Row row, int column, int item, String id) {
        Catalogue catalogue = assembly.catalogue();
        if (settings.candidates().isEmpty()) {
            return catalogue.candidate(item, id);
        }
        int candidate = catalogue.findCandidate(item, id);
        if (candidate < 0) {
            List<String> present =
                    new TreeSet<>(catalogue.candidatesOf(item)).stream().toList();
            throw row.invalid(
                    column,
                    "the candidates file has no candidate " + id + " of item " + catalogue.itemId(item)
                            + Nearest.hint(id, present));
        }
        return candidate;
    }

    private static String known(Map<String, ?> values) {
        return String.join(", ", new TreeSet<>(values.keySet()));
    }

    /// Which column of the query holds what. What the rows of one judgment share comes first.
    ///
    /// @param names the columns as the files call them; one may be named twice
    private record Columns(List<String> names, int attributes, int weight, int time, int shared) {

        static Columns of(FilesSettings settings) {
            var names = new ArrayList<String>();
            names.add(settings.item().orElseThrow());
            names.add(settings.annotator().orElseThrow());
            settings.attributes().stream().map(AttributeColumn::source).forEach(names::add);
            int weight = settings.weight().isPresent() ? names.size() : -1;
            settings.weight().ifPresent(names::add);
            int time = settings.time().isPresent() ? names.size() : -1;
            settings.time().ifPresent(names::add);
            int shared = names.size();
            settings.pair().ifPresent(pair -> names.addAll(Arrays.asList(pair.first(), pair.second(), pair.choice())));
            settings.ranking().ifPresent(ranking -> names.add(ranking.column()));
            settings.rating().ifPresent(rating -> names.addAll(Arrays.asList(rating.candidate(), rating.value())));
            settings.approval().ifPresent(vote -> names.addAll(Arrays.asList(vote.candidate(), vote.value())));
            return new Columns(names, settings.attributes().size(), weight, time, shared);
        }

        int item() {
            return 0;
        }

        int annotator() {
            return 1;
        }

        int attribute(int g) {
            return 2 + g;
        }

        int form(int part) {
            return shared + part;
        }
    }
}
