package org.polyphony.plugin.source.files.mapping;

import java.util.Optional;
import java.util.stream.Stream;
import org.polyphony.spi.plugin.Setting;

/// What a row of a table says: exactly one of these is there.
public record FormColumns(
        @Setting(description = "table: one row holds a pair and a choice")
        Optional<PairColumns> pair,

        @Setting(description = "table: one row holds a ranking")
        Optional<RankingColumn> ranking,

        @Setting(description = "table: one row holds a candidate and its rating")
        Optional<RatingColumns> rating,

        @Setting(description = "table: one row holds a candidate and a vote")
        Optional<ApprovalColumns> approval) {

    /// Rows that hold a pair.
    static FormColumns of(PairColumns pair) {
        return new FormColumns(Optional.of(pair), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// How many of the four are there.
    long count() {
        return Stream.of(pair, ranking, rating, approval)
                .filter(Optional::isPresent)
                .count();
    }

    /// Whether a row is about one candidate, so that several of them make a judgment.
    public boolean ofOneCandidate() {
        return rating.isPresent() || approval.isPresent();
    }
}
