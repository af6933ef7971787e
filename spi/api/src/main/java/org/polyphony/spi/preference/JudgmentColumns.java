package org.polyphony.spi.preference;

import java.util.Optional;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// What is said once of every judgment, column by column.
///
/// @param form UINT8, codes of [JudgmentForm], shape (N)
/// @param criterion INT32, index into the criteria, shape (N)
/// @param item INT32, index into the items, shape (N)
/// @param judge INT32, index into the judges, shape (N)
/// @param levels INT32, index into the levels of each of the judges' attributes, -1 where blank, shape (N, G)
/// @param weight FLOAT64, positive, shape (N)
/// @param time INT64, milliseconds since 1970-01-01 UTC, shape (N); absent where unknown
public record JudgmentColumns(
        Tensor form, Tensor criterion, Tensor item, Tensor judge, Tensor levels, Tensor weight, Optional<Tensor> time) {

    public JudgmentColumns {
        long n = form.size();
        if (form.type() != ElementType.UINT8
                || criterion.size() != n
                || item.size() != n
                || judge.size() != n
                || weight.size() != n) {
            throw new IllegalArgumentException("the columns of " + n + " judgments do not fit together: form " + form
                    + ", criterion " + criterion + ", item " + item + ", judge " + judge + ", weight " + weight);
        }
    }

    /// Columns of judgments of one criterion, without times.
    public static JudgmentColumns of(Tensor form, Tensor item, Tensor judge, Tensor levels, Tensor weight) {
        int n = Math.toIntExact(form.size());
        return new JudgmentColumns(form, Tensor.ofInts(new int[n], n), item, judge, levels, weight, Optional.empty());
    }

    /// The same with this form of each, UINT8, shape (N).
    public JudgmentColumns withForm(Tensor known) {
        return new JudgmentColumns(known, criterion, item, judge, levels, weight, time);
    }

    /// The same with this criterion of each, INT32, shape (N).
    public JudgmentColumns withCriterion(Tensor known) {
        return new JudgmentColumns(form, known, item, judge, levels, weight, time);
    }

    /// The same with these levels, INT32, shape (N, G).
    public JudgmentColumns withLevels(Tensor known) {
        return new JudgmentColumns(form, criterion, item, judge, known, weight, time);
    }

    /// The same with times, INT64, shape (N).
    public JudgmentColumns withTime(Tensor known) {
        return new JudgmentColumns(form, criterion, item, judge, levels, weight, Optional.of(known));
    }
}
