package org.polyphony.plugin.profile.linear;

import org.polyphony.preferences.model.Logistic;
import org.polyphony.preferences.model.SymmetricSolve;

/// What is known of the weights of somebody's t: normal.
///
/// @param mean m [r]
/// @param covariance C [r, r]
record Posterior(double[] mean, double[] covariance) {
    private static final double PI_8 = Math.PI / 8;
    private static final int STEPS = 25;
    private static final double STILL = 1e-9;

    /// κ = 1/√(1 + πv/8): E σ(N(m, v)) ≈ σ(κ m), to .02 of a probability at worst (MacKay 1992).
    static double shrink(double variance) {
        return 1 / Math.sqrt(1 + PI_8 * variance);
    }

    /// η + t·m: the log odds, where η and t are the population's.
    double logOdds(double eta, double[] t) {
        return eta + Matrices.dot(t, 0, mean, 0, t.length);
    }

    /// Variance of t·m.
    double variance(double[] t) {
        return Matrices.form(covariance, t);
    }

    /// What one person judged.
    ///
    /// @param t `[n][r]`
    /// @param eta the population's log odds [n], seats included where they differ from the prior's mean
    /// @param noise variance of eta [n]
    /// @param weight how often each counts [n]
    /// @param share how often the first was preferred [n]
    record Judged(double[][] t, double[] eta, double[] noise, double[] weight, double[] share) {}

    /// This, taken as what was known before, after these judgments: Newton's method on the expected logistic, halved
    /// while the objective does not fall.
    Posterior after(Judged judged) {
        int r = mean.length;
        int n = judged.eta().length;
        if (n == 0) {
            return this;
        }
        double[] precision = SymmetricSolve.factor(covariance.clone(), r).inverse();
        double[] m = mean.clone();
        double[] c = covariance.clone();
        for (int step = 0; step < STEPS; step++) {
            double[] shrunk = new double[n];
            double[] information = precision.clone();
            double[] gradient = new double[r];
            for (int i = 0; i < r; i++) {
                for (int j = 0; j < r; j++) {
                    gradient[i] -= precision[i * r + j] * (m[j] - mean[j]);
                }
            }
            for (int row = 0; row < n; row++) {
                double[] t = judged.t()[row];
                double k = shrink(Matrices.form(c, t) + judged.noise()[row]);
                double p = Logistic.sigmoid(k * (judged.eta()[row] + Matrices.dot(t, 0, m, 0, r)));
                double weight = judged.weight()[row];
                shrunk[row] = k;
                Matrices.addCrossed(information, weight * k * p * (1 - p), t, t, 1, r, r);
                for (int i = 0; i < r; i++) {
                    gradient[i] += weight * (judged.share()[row] - p) * t[i];
                }
            }
            double[] next = SymmetricSolve.factor(information, r).inverse();
            double[] by = Matrices.product(next, gradient, r, r, 1);
            double before = objective(judged, shrunk, precision, m, by, 0);
            double length = 1;
            while (length > 1e-3 && objective(judged, shrunk, precision, m, by, length) > before + 1e-12) {
                length /= 2;
            }
            double moved = 0;
            for (int i = 0; i < r; i++) {
                m[i] += length * by[i];
                moved = Math.max(moved, Math.abs(by[i]));
            }
            for (int at = 0; at < c.length; at++) {
                moved = Math.max(moved, Math.abs(next[at] - c[at]));
            }
            c = next;
            if (moved < STILL) {
                break;
            }
        }
        return new Posterior(m, c);
    }

    private double objective(
            Judged judged, double[] shrunk, double[] precision, double[] m, double[] by, double length) {
        int r = m.length;
        double[] at = new double[r];
        double[] off = new double[r];
        for (int i = 0; i < r; i++) {
            at[i] = m[i] + length * by[i];
            off[i] = at[i] - mean[i];
        }
        double sum = Matrices.form(precision, off) / 2;
        for (int row = 0; row < shrunk.length; row++) {
            double eta = judged.eta()[row] + Matrices.dot(judged.t()[row], 0, at, 0, r);
            double k = shrunk[row];
            sum += judged.weight()[row] * (Logistic.loss(k * eta, 1, 0) / k - judged.share()[row] * eta);
        }
        return sum;
    }
}
