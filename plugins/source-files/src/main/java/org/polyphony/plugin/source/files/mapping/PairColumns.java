package org.polyphony.plugin.source.files.mapping;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.polyphony.spi.plugin.Setting;

/// A pair of candidates and which of them was preferred, one row each.
///
/// @param first the column with the first candidate's id
/// @param second the column with the second candidate's id
/// @param choice the column with the choice
/// @param values what the values of `choice` mean
public record PairColumns(
        @Setting(description = "Column with the id of the first candidate")
        String first,

        @Setting(description = "Column with the id of the second candidate")
        String second,

        @Setting(description = "Column with the choice") String choice,

        @Setting(description = "What each value of the choice column means: first, second or tie; empty: these words")
        Map<String, Outcome> values) {

    public PairColumns {
        // sorted, because reports print settings and must not differ from run to run
        values = Collections.unmodifiableMap(new TreeMap<>(
                values.isEmpty()
                        ? Map.of("first", Outcome.FIRST, "second", Outcome.SECOND, "tie", Outcome.TIE)
                        : values));
    }

    /// Which candidate of a pair was preferred.
    public enum Outcome {
        FIRST,
        SECOND,
        TIE
    }
}
