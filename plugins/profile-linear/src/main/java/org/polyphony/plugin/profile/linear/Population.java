package org.polyphony.plugin.profile.linear;

/// What everybody has in common: log odds P(i over k) = (zᵢ − zₖ)·w + bᵢ − bₖ, and α where i was shown first.
///
/// @param weights w [d]
/// @param covariance of w [d, d]
/// @param residual b [N], what features do not explain of each candidate
/// @param order α
/// @param variances of w and b before anything was judged
/// @param scores covariance of the scores z·w + b of each item's candidates [K, K]
/// @param designEffect φ ≥ 1: how many times as much people vary as independent judgments would
record Population(
        double[] weights,
        double[] covariance,
        double[] residual,
        double order,
        Variances variances,
        double[][] scores,
        double designEffect) {

    Population withDesignEffect(double found) {
        return new Population(weights, covariance, residual, order, variances, scores, found);
    }

    /// z·w + b of a candidate of the fit.
    double score(Design design, int candidate) {
        return design.score(candidate, weights) + residual[candidate];
    }

    /// Variance of the log odds of a pair of an item of the fit, for people who are not in it: what judgments told is
    /// divided by φ, as many judgments of few people are few.
    ///
    /// @param a a candidate's place in the item
    /// @param b another's
    /// @param x difference of their columns [d]
    double variance(int item, int a, int b, double[] x, int[] block) {
        double[] of = scores[item];
        int k = (int) Math.round(Math.sqrt(of.length));
        double told = of[a * k + a] + of[b * k + b] - 2 * of[a * k + b];
        if (designEffect == 1) {
            return told;
        }
        double before = 2 * variances.residual();
        for (int c = 0; c < x.length; c++) {
            before += x[c] * x[c] * variances.features()[block[c]];
        }
        return 1 / (1 / before + Math.max(0, 1 / told - 1 / before) / designEffect);
    }

    /// Variance of the log odds of a pair with a candidate that was not in the fit.
    double varianceUnseen(double[] x) {
        return Matrices.form(covariance, x) + 2 * variances.residual();
    }
}
