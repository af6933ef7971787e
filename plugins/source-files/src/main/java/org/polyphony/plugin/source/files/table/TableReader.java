package org.polyphony.plugin.source.files.table;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.polyphony.plugin.source.assemble.Assembly;
import org.polyphony.plugin.source.assemble.Catalogue;
import org.polyphony.plugin.source.files.input.DataFile;
import org.polyphony.plugin.source.files.input.DataFolder;
import org.polyphony.plugin.source.files.input.Database;
import org.polyphony.plugin.source.files.input.Row;
import org.polyphony.plugin.source.files.mapping.ApprovalColumns;
import org.polyphony.plugin.source.files.mapping.AttributeColumn;
import org.polyphony.plugin.source.files.mapping.FilesSettings;
import org.polyphony.plugin.source.files.mapping.FormColumns;
import org.polyphony.plugin.source.files.mapping.JudgmentColumns;
import org.polyphony.plugin.source.files.mapping.PairColumns;
import org.polyphony.plugin.source.files.mapping.RankingColumn;
import org.polyphony.plugin.source.files.mapping.Unranked;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.support.settings.NearestName;

/// Reads a table with a pair, a ranking, or one rated or approved candidate a row.
public final class TableReader {

    /// What the item is called where no column says.
    static final String ONLY_ITEM = "all";

    /// What the annotator is called where no column says.
    public static final String ONLY_ANNOTATOR = "unknown";

    private final FilesSettings settings;
    private final JudgmentColumns mapped;
    private final FormColumns form;
    private final DataFolder folder;
    private final Database database;
    private final Assembly assembly;
    private final Columns columns;
    private final PluginContext context;
    private final OpenJudgment open;
    private final RankingCells ballots;
    private final BitSet overvoted = new BitSet();

    /// A reader of the table that `settings` describe.
    ///
    /// @param context is told what is odd
    public TableReader(FilesSettings settings, DataFolder folder, Database database, PluginContext context) {
        this.settings = settings;
        this.mapped = settings.columns();
        this.form = mapped.form();
        this.folder = folder;
        this.database = database;
        this.context = context;
        this.columns = Columns.of(mapped);
        this.assembly = new Assembly(mapped.known(), mapped.time().isPresent());
        this.open = new OpenJudgment(
                assembly,
                form.rating().isPresent() ? JudgmentForm.RATING : JudgmentForm.APPROVAL,
                mapped.time().isPresent());
        this.ballots = new RankingCells(form.ranking().orElse(null));
    }

    /// Reads candidates, items and judgments.
    public Assembly read() {
        settings.catalogue()
                .candidates()
                .ifPresent(file -> new CandidateTable(database, assembly.catalogue()).read(folder, file));
        List<DataFile> files = folder.files(settings.file());
        database.read(files, columns.names(), this::row);
        finish();
        settings.catalogue()
                .items()
                .ifPresent(file -> new ItemTable(database, assembly.catalogue()).read(folder, file));
        return assembly;
    }

    private void row(Row row) {
        String itemId = columns.item() < 0 ? ONLY_ITEM : row.required(columns.item());
        Catalogue catalogue = assembly.catalogue();
        int item = settings.catalogue().candidates().isPresent() ? catalogue.findItem(itemId) : catalogue.item(itemId);
        if (item < 0) {
            throw row.invalid(columns.item(), "no candidate of that item is in the candidates file");
        }
        if (form.pair().isPresent()) {
            begin(JudgmentForm.PAIR, item, row);
            pair(row, item, form.pair().get());
            assembly.end();
        } else if (form.ranking().isPresent()) {
            ballot(row, item);
        } else {
            entryOfMany(row, item);
        }
    }

    private void begin(JudgmentForm form, int item, Row row) {
        assembly.begin(form, item, annotator(row), levels(row), weight(row), time(row));
    }

    private void ballot(Row row, int item) {
        RankingColumn ranking = form.ranking().orElseThrow();
        List<List<Integer>> ranks =
                ballots.ranks(row, columns.form(0), id -> candidate(row, columns.form(0), item, id));
        if (ranks.stream().mapToInt(List::size).sum() < (ranking.unranked() == Unranked.BELOW ? 1 : 2)) {
            ballots.silent(row);
            return;
        }
        if (ballots.overvoted()) {
            overvoted.set(assembly.size());
        }
        begin(JudgmentForm.RANKING, item, row);
        for (int rank = 0; rank < ranks.size(); rank++) {
            for (int candidate : ranks.get(rank)) {
                assembly.entry(candidate, -rank);
            }
        }
        assembly.end(1);
    }

    private void finish() {
        open.close();
        open.report(context);
        if (form.ranking().isPresent()) {
            ballots.report(context, assembly.size());
            if (form.ranking().get().unranked() == Unranked.BELOW) {
                assembly.rankUnnamedLast(overvoted);
            }
        }
        if (columns.item() < 0) {
            context.report(Issue.warning(
                    "ITEM_UNNAMED",
                    "no column is named in 'item': all rows are read as about one item, called " + ONLY_ITEM,
                    ""));
        }
    }

    private String annotator(Row row) {
        return columns.annotator() < 0 ? ONLY_ANNOTATOR : row.required(columns.annotator());
    }

    private int[] levels(Row row) {
        int[] levels = new int[mapped.attributes().size()];
        for (int g = 0; g < levels.length; g++) {
            int column = columns.attribute(g);
            levels[g] = assembly.attributes().get(g).level(row.text(column), known -> row.invalid(column, known));
        }
        return levels;
    }

    private double weight(Row row) {
        double weight = columns.weight() < 0 ? 1 : row.number(columns.weight(), 1);
        if (!(weight > 0)) {
            throw row.invalid(columns.weight(), "weights are positive");
        }
        return weight;
    }

    private long time(Row row) {
        return columns.time() < 0 ? 0 : Times.milliseconds(row, columns.time());
    }

    private void pair(Row row, int item, PairColumns pair) {
        String one = row.required(columns.form(0));
        String other = row.required(columns.form(1));
        PairColumns.Outcome outcome = outcome(row, pair, one, other);
        double first = switch (outcome) {
            case FIRST -> 1;
            case SECOND -> 0;
            case TIE -> 0.5;
        };
        int a = candidate(row, columns.form(0), item, one);
        int b = candidate(row, columns.form(1), item, other);
        if (a == b) {
            throw row.invalid(columns.form(1), "a pair has two different candidates");
        }
        assembly.entry(a, first);
        assembly.entry(b, 1 - first);
    }

    // the choice may also be the id of the candidate that was preferred
    private PairColumns.Outcome outcome(Row row, PairColumns pair, String first, String second) {
        String choice = row.required(columns.form(2));
        PairColumns.Outcome said = pair.values().get(choice);
        PairColumns.Outcome named = choice.equals(first)
                ? PairColumns.Outcome.FIRST
                : choice.equals(second) ? PairColumns.Outcome.SECOND : said;
        if (named == null) {
            throw row.invalid(
                    columns.form(2),
                    "known choices are " + known(pair.values()) + ", or the id of one of the two candidates");
        }
        if (said != null && named != said) {
            throw row.invalid(
                    columns.form(2), "that is both the id of a candidate and a word of 'values' that means another");
        }
        return named;
    }

    // rows of one annotator about one item come one after the other, because the rows are sorted by these first
    private void entryOfMany(Row row, int item) {
        int candidate = candidate(row, columns.form(0), item, row.required(columns.form(0)));
        double value = form.rating().isPresent() ? rating(row) : approval(row);
        open.add(
                new OpenJudgment.Key(item, annotator(row)),
                new OpenJudgment.Entry(candidate, value, levels(row), weight(row), time(row), row.position()),
                row);
    }

    private double rating(Row row) {
        row.required(columns.form(1));
        double value = row.number(columns.form(1), Double.NaN);
        // 0 - value, because the negation of 0 is another number
        return form.rating().orElseThrow().lowerIsBetter() ? 0 - value : value;
    }

    private double approval(Row row) {
        var values = form.approval().map(ApprovalColumns::values).orElse(Map.of());
        ApprovalColumns.Vote vote = values.get(row.required(columns.form(1)));
        if (vote == null) {
            throw row.invalid(columns.form(1), "known votes are " + known(values));
        }
        return vote.value();
    }

    private int candidate(Row row, int column, int item, String id) {
        Catalogue catalogue = assembly.catalogue();
        if (settings.catalogue().candidates().isEmpty()) {
            return catalogue.candidate(item, id);
        }
        int candidate = catalogue.findCandidate(item, id);
        if (candidate < 0) {
            List<String> present =
                    new TreeSet<>(catalogue.candidatesOf(item)).stream().toList();
            throw row.invalid(
                    column,
                    "the candidates file has no candidate " + id + " of item " + catalogue.itemId(item)
                            + NearestName.hint(id, present));
        }
        return candidate;
    }

    private static String known(Map<String, ?> values) {
        return String.join(", ", new TreeSet<>(values.keySet()));
    }

    /// Which column of the query holds what.
    ///
    /// @param names the columns as the files call them; one may be named twice
    /// @param item place of the item's column, or -1
    /// @param annotator place of the annotator's column, or -1
    /// @param form place of the first column of the form
    /// @param attribute place of the first attribute
    private record Columns(List<String> names, int item, int annotator, int form, int attribute, int weight, int time) {

        static Columns of(JudgmentColumns mapped) {
            var names = new ArrayList<String>();
            int item = add(mapped.item(), names);
            int annotator = add(mapped.annotator(), names);
            var shape = mapped.form();
            var ofForm = new ArrayList<String>();
            shape.pair().ifPresent(pair -> ofForm.addAll(List.of(pair.first(), pair.second(), pair.choice())));
            shape.ranking().ifPresent(ranking -> ofForm.addAll(ranking.sources()));
            shape.rating().ifPresent(rating -> ofForm.addAll(List.of(rating.candidate(), rating.value())));
            shape.approval().ifPresent(vote -> ofForm.addAll(List.of(vote.candidate(), vote.value())));
            // rows are sorted by their columns in this order: those about one candidate must come together
            boolean several = shape.ofOneCandidate();
            int form = names.size();
            if (several) {
                names.addAll(ofForm);
            }
            int attribute = names.size();
            mapped.attributes().stream().map(AttributeColumn::source).forEach(names::add);
            int weight = add(mapped.weight(), names);
            int time = add(mapped.time(), names);
            if (!several) {
                form = names.size();
                names.addAll(ofForm);
            }
            return new Columns(names, item, annotator, form, attribute, weight, time);
        }

        private static int add(Optional<String> column, List<String> names) {
            column.ifPresent(names::add);
            return column.isPresent() ? names.size() - 1 : -1;
        }

        int attribute(int g) {
            return attribute + g;
        }

        int form(int part) {
            return form + part;
        }
    }
}
