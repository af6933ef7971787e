package org.polyphony.plugin.source.files.mapping;

import org.polyphony.spi.plugin.Setting;

/// A ranking in one cell, best first, for example `a>b=c`.
///
/// @param column the column with the ranking
/// @param better what stands between a candidate and a less preferred one
/// @param tie what stands between candidates of the same rank
public record RankingColumn(
        @Setting(description = "Column with the ranking, best first, such as a>b=c")
        String column,

        @Setting(description = "What separates ranks", defaultValue = ">")
        String better,

        @Setting(description = "What separates candidates of one rank", defaultValue = "=")
        String tie) {

    public RankingColumn {
        if (better.isEmpty() || tie.isEmpty() || better.equals(tie)) {
            throw new IllegalArgumentException(
                    "better and tie must differ and not be empty, got '" + better + "' and '" + tie + "'");
        }
    }
}
