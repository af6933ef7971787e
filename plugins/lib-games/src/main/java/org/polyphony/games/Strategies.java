package org.polyphony.games;

import java.util.Arrays;

/// Arithmetic on mixed strategies: vectors that are non-negative and sum to one.
final class Strategies {

    /// A mass below this is rounding in a basic variable, not a decision of the solver.
    private static final double ROUNDING = 1e-13;

    private Strategies() {}

    static double clean(double mass) {
        return mass < ROUNDING ? 0 : mass;
    }

    static void scale(double[] values, int n, double factor) {
        for (int i = 0; i < n; i++) {
            values[i] *= factor;
        }
    }

    /// The pure strategy `choice` of `n`.
    static double[] pure(int n, int choice) {
        var strategy = new double[n];
        strategy[choice] = 1;
        return strategy;
    }

    static double[] uniform(int n) {
        var strategy = new double[n];
        Arrays.fill(strategy, 1.0 / n);
        return strategy;
    }

    /// The masses of the `support` entries of a length-n strategy, cleaned and normalised; a trailing entry of `masses`
    /// (the value of the game) is ignored.
    static double[] spread(double[] masses, int[] support, int n) {
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

    static double max(double[] values) {
        double largest = values[0];
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }
}
