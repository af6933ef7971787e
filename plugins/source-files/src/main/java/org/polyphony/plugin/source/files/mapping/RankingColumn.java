package org.polyphony.plugin.source.files.mapping;

import java.util.List;
import java.util.Optional;
import org.polyphony.spi.plugin.Setting;

/// A ranking a row, best first: in one cell, for example `a>b=c`, or in a column for each rank.
///
/// @param column the column with the ranking
/// @param columns or the columns with the first, second … candidate
/// @param better what stands between a candidate and a less preferred one
/// @param tie what stands between candidates of the same rank
/// @param unranked what a ballot says of the item's candidates that it does not rank
/// @param skipped what a rank's cell holds, beside nothing, where the rank is passed over
/// @param overvote what a rank's cell holds where several candidates were marked
public record RankingColumn(
        @Setting(description = "Column with the ranking, best first, such as a>b=c")
        Optional<String> column,

        @Setting(description = "Instead of column: the columns with the first, second, … candidate")
        List<String> columns,

        @Setting(description = "What separates ranks", defaultValue = ">")
        String better,

        @Setting(description = "What separates candidates of one rank", defaultValue = "=")
        String tie,

        @Setting(
                description = "What a ballot says of the item's candidates that it does not rank: below all ranked"
                        + " ones, or unknown",
                defaultValue = "unknown")
        Unranked unranked,

        @Setting(
                description = "columns: what a cell holds, beside nothing, where a rank is passed over",
                defaultValue = "skipped")
        List<String> skipped,

        @Setting(
                description = "columns: what a cell holds where several candidates were marked; the ballot then says"
                        + " nothing of candidates that it does not rank",
                defaultValue = "overvote")
        List<String> overvote) {

    public RankingColumn {
        columns = List.copyOf(columns);
        skipped = List.copyOf(skipped);
        overvote = List.copyOf(overvote);
        if (column.isPresent() != columns.isEmpty()) {
            throw new IllegalArgumentException("a ranking needs column, or columns, one a rank; got column "
                    + column.orElse("absent") + " and columns " + columns);
        }
        if (columns.size() == 1) {
            throw new IllegalArgumentException("columns names one column, " + columns.getFirst()
                    + "; name one for each rank, or a column with whole rankings as column");
        }
        if (better.isEmpty() || tie.isEmpty() || better.equals(tie)) {
            throw new IllegalArgumentException(
                    "better and tie must differ and not be empty, got '" + better + "' and '" + tie + "'");
        }
    }

    /// Rankings such as `a>b=c` in one cell.
    public static RankingColumn of(String column) {
        return new RankingColumn(
                Optional.of(column), List.of(), ">", "=", Unranked.UNKNOWN, List.of("skipped"), List.of("overvote"));
    }

    /// The columns that are read.
    public List<String> sources() {
        return column.map(List::of).orElse(columns);
    }
}
