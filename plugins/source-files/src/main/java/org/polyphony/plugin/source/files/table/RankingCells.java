package org.polyphony.plugin.source.files.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.polyphony.plugin.source.files.input.Row;
import org.polyphony.plugin.source.files.mapping.RankingColumn;
import org.polyphony.plugin.source.files.mapping.Unranked;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;

/// Rankings in the cells of a row, and what was odd in them.
final class RankingCells {

    private static final Pattern OTHER_SEPARATOR = Pattern.compile("[,;|/<>]");

    private final @Nullable RankingColumn ranking;
    private boolean overvoted;
    private long silent;
    private long repeated;
    private boolean separated;
    private String firstSilent = "";
    private @Nullable AlignmentException unseparated;

    RankingCells(@Nullable RankingColumn ranking) {
        this.ranking = ranking;
    }

    /// The candidates of a row, best rank first, those of one rank together.
    ///
    /// @param column the first column of the ranking
    /// @param candidate the number of a candidate by its id
    List<List<Integer>> ranks(Row row, int column, ToIntFunction<String> candidate) {
        RankingColumn how = java.util.Objects.requireNonNull(ranking);
        overvoted = false;
        return how.columns().isEmpty() ? ofCell(how, row, column, candidate) : ofColumns(how, row, column, candidate);
    }

    /// Whether the last row has a rank at which several candidates were marked.
    boolean overvoted() {
        return overvoted;
    }

    /// Counts a row that compares no two candidates.
    void silent(Row row) {
        if (silent++ == 0) {
            firstSilent = row.place(row.position());
        }
    }

    /// Reports what was odd.
    ///
    /// @param read how many ballots were kept
    /// @throws AlignmentException if no ballot has more than one candidate and that seems to be a mistake
    void report(PluginContext context, int read) {
        RankingColumn how = java.util.Objects.requireNonNull(ranking);
        if (!separated && unseparated != null) {
            throw unseparated;
        }
        if (read == 0 && silent > 0) {
            throw new AlignmentException(
                    StandardErrorCode.JUDGMENTS_EMPTY,
                    "no ballot ranks two candidates, the first is " + firstSilent
                            + "; a column a rank is read with 'columns', and 'unranked: below' puts candidates that a"
                            + " ballot does not rank below those it ranks");
        }
        if (silent > 0) {
            context.report(Issue.warning(
                    "BALLOT_SILENT",
                    silent + " ballots compare no two candidates and are left out, the first is " + firstSilent
                            + (how.unranked() == Unranked.BELOW
                                    ? ""
                                    : "; 'unranked: below' puts candidates that a ballot does not rank below those it"
                                            + " ranks"),
                    ""));
        }
        if (repeated > 0) {
            context.report(Issue.note(
                    "BALLOT_REPEATS",
                    "a candidate holds several ranks of a ballot " + repeated + " times; the best counts",
                    ""));
        }
    }

    private List<List<Integer>> ofCell(RankingColumn how, Row row, int column, ToIntFunction<String> candidate) {
        String cell = row.required(column);
        boolean otherwise = !cell.contains(how.better())
                && !cell.contains(how.tie())
                && OTHER_SEPARATOR.matcher(cell).find();
        var seen = new HashSet<Integer>();
        var ranks = new ArrayList<List<Integer>>();
        for (String ids : cell.split(Pattern.quote(how.better()), -1)) {
            var rank = new ArrayList<Integer>();
            for (String id : ids.split(Pattern.quote(how.tie()), -1)) {
                if (id.isBlank()) {
                    throw row.invalid(column, "expected candidates between '" + how.better() + "'");
                }
                int number = number(id.strip(), candidate, otherwise, how, row, column);
                if (!seen.add(number)) {
                    throw row.invalid(column, "the ranking names the candidate " + id.strip() + " twice");
                }
                rank.add(number);
            }
            ranks.add(rank);
        }
        separated |= seen.size() > 1;
        if (seen.size() == 1 && unseparated == null && otherwise) {
            unseparated = unseparated(how, row, column);
        }
        return ranks;
    }

    // where the candidates are known, a whole ballot taken for one of them is not
    private static int number(
            String id, ToIntFunction<String> candidate, boolean otherwise, RankingColumn how, Row row, int column) {
        try {
            return candidate.applyAsInt(id);
        } catch (AlignmentException e) {
            throw otherwise ? unseparated(how, row, column) : e;
        }
    }

    private static AlignmentException unseparated(RankingColumn how, Row row, int column) {
        return row.invalid(
                column,
                "expected candidates between '" + how.better() + "', or '" + how.tie()
                        + "' where they are tied; set 'better' to what separates them");
    }

    private List<List<Integer>> ofColumns(RankingColumn how, Row row, int column, ToIntFunction<String> candidate) {
        var seen = new HashSet<Integer>();
        var ranks = new ArrayList<List<Integer>>();
        separated = true;
        for (int rank = 0; rank < how.columns().size(); rank++) {
            String cell = row.text(column + rank);
            String id = cell == null ? "" : cell.strip();
            if (how.overvote().contains(id)) {
                overvoted = true;
            } else if (!id.isEmpty() && !how.skipped().contains(id)) {
                int number = candidate.applyAsInt(id);
                if (seen.add(number)) {
                    ranks.add(List.of(number));
                } else {
                    repeated++;
                }
            }
        }
        return ranks;
    }
}
