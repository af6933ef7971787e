package org.polyphony.games;

import java.util.Arrays;

/// Arithmetic on mixed strategies: vectors that are non-negative and sum to one.
public final class Strategies {

    /// A mass below this is rounding in a basic variable, not a decision of the solver.
    private static final double ROUNDING = 1e-13;

    private Strategies() {}

    /// `mass`, or zero where it is rounding.
    public static double clean(double mass) {
        return mass < ROUNDING ? 0 : mass;
    }

    /// Multiplies the first `n` values by a factor.
    public static void scale(double[] values, int n, double factor) {
        for (int i = 0; i < n; i++) {
            values[i] *= factor;
        }
    }

    /// The pure strategy `choice` of `n`.
    public static double[] pure(int n, int choice) {
        var strategy = new double[n];
        strategy[choice] = 1;
        return strategy;
    }

    /// The strategy that plays all of `n` alike.
    public static double[] uniform(int n) {
        var strategy = new double[n];
        Arrays.fill(strategy, 1.0 / n);
        return strategy;
    }

    /// The masses of the `support` entries of a length-n strategy, cleaned and normalised; a trailing entry of `masses`
    /// (the value of the game) is ignored.
    public static double[] spread(double[] masses, int[] support, int n) {
        var strategy = new double[n];
        double total = 0;
        for (int i = 0; i < support.length; i++) {
            double mass = clean(masses[i]);
            strategy[support[i]] = mass;
            total += mass;
        }
        scale(strategy, n, 1 / total);
        return strategy;
    }

    /// Σ_s ω_s π_s, what is deployed of a profile of shape (S, k).
    public static double[] mixture(double[] profile, double[] omega, int k) {
        var mixed = new double[k];
        for (int s = 0; s < omega.length; s++) {
            for (int i = 0; i < k; i++) {
                mixed[i] += omega[s] * profile[s * k + i];
            }
        }
        return mixed;
    }

    /// The largest of at least one value.
    public static double max(double[] values) {
        double largest = values[0];
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }
}
