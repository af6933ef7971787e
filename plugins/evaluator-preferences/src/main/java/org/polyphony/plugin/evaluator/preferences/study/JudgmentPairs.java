package org.polyphony.plugin.evaluator.preferences.study;

import java.util.Arrays;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Entries;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.Seating;

/// Judgments of every form as pairs, and which judgment each pair is of.
///
/// A pair keeps its weight; a judgment of m candidates becomes m(m−1)/2 pairs that together count m − 1, as
/// [PairsBuilder] says. Ratings are compared within one judgment only.
///
/// @param pairs one row a comparison; the group is the index of the seat, or none
/// @param judgment the judgment of every row
record JudgmentPairs(Pairs pairs, int[] judgment) {

    /// @param seats of the judgments, [Seating#NONE] where nobody with one speaks
    /// @param groups how many seats there are
    static JudgmentPairs of(Judgments judgments, int[] seats, int groups) {
        Candidates candidates = judgments.candidates();
        int items = candidates.items().size();
        // an item without candidates has no judgments; it keeps its place
        int[] counts = new int[items];
        Arrays.setAll(counts, item -> Math.max(1, candidates.count(item)));
        PairsBuilder builder = Pairs.builder(counts, judgments.judges().count(), groups);
        int[] judgment = new int[Math.max(16, judgments.count())];
        Entries entries = judgments.entries();
        int rows = 0;
        for (int n = 0; n < judgments.count(); n++) {
            int from = entries.first(n);
            int size = entries.count(n);
            if (size < 2) {
                continue;
            }
            int item = judgments.item(n);
            int judge = judgments.judge(n);
            int seat = seats[n] == Seating.NONE ? Pairs.NO_GROUP : seats[n];
            double weight = judgments.weight(n);
            if (judgments.form(n) == JudgmentForm.PAIR && size == 2) {
                double first = entries.value(from);
                double second = entries.value(from + 1);
                builder.pair(
                        item,
                        entries.candidate(from),
                        entries.candidate(from + 1),
                        first > second ? 1 : first < second ? 0 : 0.5,
                        judge,
                        seat,
                        weight);
            } else {
                builder.values(item, entries.candidates(n), entries.values(n), judge, seat, weight);
            }
            int added = size * (size - 1) / 2;
            if (rows + added > judgment.length) {
                judgment = Arrays.copyOf(judgment, Math.max(2 * judgment.length, rows + added));
            }
            Arrays.fill(judgment, rows, rows + added, n);
            rows += added;
        }
        return new JudgmentPairs(builder.build(), Arrays.copyOf(judgment, rows));
    }
}
