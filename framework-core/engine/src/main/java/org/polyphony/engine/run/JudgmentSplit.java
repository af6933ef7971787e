package org.polyphony.engine.run;

import java.util.Arrays;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.digest.Digests;

/// Which judgments are learned from. All judgments of a judge go the same way: splitting by judgment would
/// let a model meet its examiners in training.
final class JudgmentSplit {

    private JudgmentSplit() {}

    /// FLOAT64, shape (N): 1 for the judgments to learn from, 0 for those held out.
    static Tensor weights(Judgments judgments, StudyPlan.Split split) {
        var weights = new double[judgments.count()];
        switch (split) {
            case ALL -> Arrays.fill(weights, 1);
            case HALF -> {
                var even = new boolean[judgments.judges().count()];
                for (int j = 0; j < even.length; j++) {
                    even[j] = Digests.share(judgments.judges().ids().get(j)) % 2 == 0;
                }
                for (int n = 0; n < weights.length; n++) {
                    weights[n] = even[judgments.judge(n)] ? 1 : 0;
                }
            }
        }
        return Tensor.ofDoubles(weights, weights.length);
    }

    /// How many are learned from.
    static int count(Tensor weights) {
        int count = 0;
        for (long n = 0; n < weights.size(); n++) {
            count += weights.getDouble(n) > 0 ? 1 : 0;
        }
        return count;
    }
}
