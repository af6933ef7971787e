package org.polyphony.plugin.source.files.mapping;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.polyphony.spi.plugin.Setting;

/// A candidate and whether it was approved, one row each; the rows of one annotator about one item make one
/// judgment.
///
/// @param candidate the column with the candidate's id
/// @param value the column with the vote
/// @param values what the votes mean
public record ApprovalColumns(
        @Setting(description = "Column with the id of the candidate")
        String candidate,

        @Setting(description = "Column with the vote") String value,

        @Setting(description = "What each vote means: approve, disapprove or pass; empty: 1, -1 and 0, and these words")
        Map<String, Vote> values) {

    public ApprovalColumns {
        // sorted, because reports print settings and must not differ from run to run
        values = Collections.unmodifiableMap(new TreeMap<>(
                values.isEmpty()
                        ? Map.of(
                                "1", Vote.APPROVE,
                                "-1", Vote.DISAPPROVE,
                                "0", Vote.PASS,
                                "approve", Vote.APPROVE,
                                "disapprove", Vote.DISAPPROVE,
                                "pass", Vote.PASS)
                        : values));
    }

    /// A vote about one candidate.
    public enum Vote {
        APPROVE(1),
        DISAPPROVE(0),
        PASS(0.5);

        private final double value;

        Vote(double value) {
            this.value = value;
        }

        /// The vote as a judgment's value.
        public double value() {
            return value;
        }
    }
}
