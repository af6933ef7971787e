package org.polyphony.plugin.evaluator.preferences;

import java.util.List;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Entries;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.JudgmentColumns;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.tensor.Tensor;

/// Judgments about pairs, written row by row.
final class PairJudgments {
    private final byte[] forms;
    private final int[] items;
    private final int[] judges;
    private final int[] levels;
    private final int[] offsets;
    private final int[] entries;
    private final double[] values;
    private final double[] weights;
    private int rows;

    /// Room for `n` rows, all of which are to be added.
    PairJudgments(int n) {
        forms = new byte[n];
        items = new int[n];
        judges = new int[n];
        levels = new int[n];
        offsets = new int[n + 1];
        entries = new int[2 * n];
        values = new double[2 * n];
        weights = new double[n];
    }

    /// Adds a row.
    ///
    /// @param level of the one attribute, −1 where the judge has none
    /// @param y 1, ½ or 0: the first wins, a tie, the second wins
    void add(int item, int judge, int level, int first, int second, double y, double weight) {
        forms[rows] = JudgmentForm.PAIR.code();
        items[rows] = item;
        judges[rows] = judge;
        levels[rows] = level;
        entries[2 * rows] = first;
        entries[2 * rows + 1] = second;
        values[2 * rows] = y;
        values[2 * rows + 1] = 1 - y;
        weights[rows] = weight;
        rows++;
        offsets[rows] = 2 * rows;
    }

    Judgments of(Candidates candidates, List<String> names, String attribute, List<String> labels) {
        return Judgments.of(
                candidates,
                new Judges(names, List.of(new Judges.GroupAttribute(attribute, labels))),
                JudgmentColumns.of(
                        Tensor.ofBytes(forms, rows),
                        Tensor.ofInts(items, rows),
                        Tensor.ofInts(judges, rows),
                        Tensor.ofInts(levels, rows, 1),
                        Tensor.ofDoubles(weights, rows)),
                new Entries(
                        Tensor.ofInts(offsets, rows + 1),
                        Tensor.ofInts(entries, 2 * rows),
                        Tensor.ofDoubles(values, 2 * rows),
                        true));
    }
}
