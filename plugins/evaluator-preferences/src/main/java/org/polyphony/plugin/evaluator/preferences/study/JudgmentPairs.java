package org.polyphony.plugin.evaluator.preferences.study;

import java.util.Arrays;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.spi.preference.Candidates;
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
        PairsBuilder builder = Pairs.builder(counts, judgments.annotators().size(), groups);
        int[] judgment = new int[Math.max(16, judgments.count())];
        int rows = 0;
        for (int n = 0; n < judgments.count(); n++) {
            int from = judgments.offsets().getInt(n);
            int size = judgments.offsets().getInt(n + 1L) - from;
            if (size < 2) {
                continue;
            }
            int item = judgments.items().getInt(n);
            int judge = judgments.annotator().getInt(n);
            int seat = seats[n] == Seating.NONE ? Pairs.NO_GROUP : seats[n];
            double weight = judgments.weights().getDouble(n);
            if (judgments.form(n) == JudgmentForm.PAIR && size == 2) {
                double first = judgments.values().getDouble(from);
                double second = judgments.values().getDouble(from + 1L);
                builder.pair(
                        item,
                        judgments.entries().getInt(from),
                        judgments.entries().getInt(from + 1L),
                        first > second ? 1 : first < second ? 0 : 0.5,
                        judge,
                        seat,
                        weight);
            } else {
                builder.values(
                        item, entries(judgments, from, size), values(judgments, from, size), judge, seat, weight);
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

    private static int[] entries(Judgments judgments, int from, int size) {
        int[] entries = new int[size];
        Arrays.setAll(entries, e -> judgments.entries().getInt((long) from + e));
        return entries;
    }

    private static double[] values(Judgments judgments, int from, int size) {
        double[] values = new double[size];
        Arrays.setAll(values, e -> judgments.values().getDouble((long) from + e));
        return values;
    }
}
