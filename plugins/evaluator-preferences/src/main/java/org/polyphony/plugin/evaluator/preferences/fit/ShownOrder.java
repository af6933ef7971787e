package org.polyphony.plugin.evaluator.preferences.fit;

import java.util.Arrays;
import org.polyphony.plugin.evaluator.preferences.study.EvaluatedStudy;
import org.polyphony.preferences.Pairs;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;

/// Whether the data tell which candidate of a pair was shown first.
///
/// The order of a pair's two entries counts as the order shown. It does not where the source does not know it, where a
/// judgment is no pair, and where all decided pairs name the same entry the winner: such files list the winner first,
/// whatever was shown.
enum ShownOrder {
    /// The first entry was shown first.
    KNOWN(""),
    /// There are rankings, ratings or approvals, which are of unordered pairs.
    NOT_PAIRS("some judgments are rankings, ratings or approvals"),
    /// The source says that it does not know.
    NOT_TOLD("the source does not know it"),
    /// Entries are in the order of the answer.
    WINNER_FIRST("all decided pairs list their winner in the same place");

    /// Fewer decided pairs may name the first by chance.
    private static final int ENOUGH = 20;

    private final String because;

    ShownOrder(String because) {
        this.because = because;
    }

    /// Why the order is not known; empty where it is.
    String because() {
        return because;
    }

    /// What is known about the pairs of a scope.
    ///
    /// @param rowOfStudy the study's row of every row of the scope
    static ShownOrder of(EvaluatedStudy study, Pairs pairs, int[] rowOfStudy) {
        Judgments judgments = study.judgments();
        int decided = 0;
        int firsts = 0;
        for (int row = 0; row < pairs.size(); row++) {
            if (judgments.form(study.judgment(rowOfStudy[row])) != JudgmentForm.PAIR) {
                return NOT_PAIRS;
            }
            decided += pairs.decided(row) ? 1 : 0;
            firsts += pairs.outcome(row) == 1 ? 1 : 0;
        }
        if (!judgments.entries().ordered()) {
            return NOT_TOLD;
        }
        return decided >= ENOUGH && (firsts == 0 || firsts == decided) ? WINNER_FIRST : KNOWN;
    }

    /// All rows of a study, where a scope is all of it.
    static int[] allRows(int rows) {
        int[] all = new int[rows];
        Arrays.setAll(all, row -> row);
        return all;
    }
}
