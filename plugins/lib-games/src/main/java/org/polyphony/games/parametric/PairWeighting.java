package org.polyphony.games.parametric;

import java.util.Arrays;
import org.polyphony.games.loss.TensorLoss;

/// Which form of the tensor loss is fitted. For policies that can express every logit vector both have the
/// same minimiser, a mirror-descent step; for others they differ in which candidates' errors count.
public enum PairWeighting {
    /// The soft-label loss, pairs weighted by the opponents' policy twice over, W = q qᵀ. Accurate where
    /// the policy plays; as it concentrates, the other candidates stop counting.
    ON_POLICY {
        @Override
        TensorLoss loss(double[] p, double[] logOpponent, double[] anchor, double step) {
            return TensorLoss.onPolicy(p, logOpponent, anchor, step);
        }
    },
    /// The win-rate loss, w = P q against the opponents' policy, every pair counting the same. All
    /// candidates teach the features throughout.
    WIN_RATE {
        @Override
        TensorLoss loss(double[] p, double[] logOpponent, double[] anchor, double step) {
            int k = logOpponent.length;
            var weights = new double[k * k];
            Arrays.fill(weights, 1.0 / (k * k));
            return TensorLoss.winRate(p, weights, logOpponent, anchor, step);
        }
    };

    /// The loss whose least value is at anchor + step · P q.
    abstract TensorLoss loss(double[] p, double[] logOpponent, double[] anchor, double step);
}
