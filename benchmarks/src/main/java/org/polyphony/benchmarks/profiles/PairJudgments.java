package org.polyphony.benchmarks.profiles;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Entries;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.JudgmentColumns;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.tensor.Tensor;

/// Judgments of pairs from plain columns, each of weight 1, by judges who are asked one attribute.
final class PairJudgments {

    private PairJudgments() {}

    /// @param item item of every judgment
    /// @param judge judge of every judgment
    /// @param level level of the attribute, -1 for blank
    /// @param entry the two candidates of every judgment, indices within its item
    /// @param value what they are given
    /// @param ordered whether the two candidates stand as they were shown
    static Judgments of(
            Candidates candidates,
            Judges judges,
            int[] item,
            int[] judge,
            int[] level,
            int[] entry,
            double[] value,
            boolean ordered) {
        int n = item.length;
        var forms = new byte[n];
        Arrays.fill(forms, JudgmentForm.PAIR.code());
        var weight = new double[n];
        Arrays.fill(weight, 1);
        return Judgments.of(
                candidates,
                judges,
                JudgmentColumns.of(
                        Tensor.ofBytes(forms, n),
                        Tensor.ofInts(item, n),
                        Tensor.ofInts(judge, n),
                        Tensor.ofInts(level, n, 1),
                        Tensor.ofDoubles(weight, n)),
                new Entries(
                        Tensor.ofInts(
                                IntStream.rangeClosed(0, n).map(row -> 2 * row).toArray(), n + 1),
                        Tensor.ofInts(entry, 2 * n),
                        Tensor.ofDoubles(value, 2 * n),
                        ordered));
    }
}
