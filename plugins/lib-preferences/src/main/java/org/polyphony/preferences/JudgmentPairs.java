package org.polyphony.preferences;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Judgments;

/// Judgments of every form as pairs, and which judgment each pair is of.
///
/// A pair keeps its weight; a judgment of m candidates becomes m(m−1)/2 pairs that together count m − 1, as
///  [PairsBuilder] says. Values are compared within one judgment only; a label compares nothing.
///
/// @param pairs one row a comparison, in the order of the judgments
/// @param judgment the judgment of every row
public record JudgmentPairs(Pairs pairs, int[] judgment) {

    /// The pairs of judgments.
    ///
    /// @param groups how many groups there are
    /// @param groupOf group of a judgment, or [Pairs#NO_GROUP]
    /// @param times how often a judgment counts, beside its own weight; one that counts 0 times makes no
    ///     pair
    public static JudgmentPairs of(
            Judgments judgments, int groups, IntUnaryOperator groupOf, IntToDoubleFunction times) {
        Candidates candidates = judgments.candidates();
        // an item without candidates has no judgments; it keeps its place
        int[] counts = new int[candidates.items().size()];
        Arrays.setAll(counts, item -> Math.max(1, candidates.count(item)));
        PairsBuilder builder = Pairs.builder(counts, judgments.judges().count(), groups);
        int[] judgment = new int[Math.max(16, judgments.count())];
        int rows = 0;
        for (int n = 0; n < judgments.count(); n++) {
            int size = judgments.entries().count(n);
            double counted = times.applyAsDouble(n);
            if (size < 2 || counted == 0) {
                continue;
            }
            builder.values(
                    judgments.item(n),
                    judgments.entries().candidates(n),
                    judgments.entries().values(n),
                    judgments.judge(n),
                    groupOf.applyAsInt(n),
                    counted * judgments.weight(n));
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
