package org.polyphony.games.parametric;

import java.util.Arrays;
import java.util.List;

/// z = (φ − mean) / deviation, column by column. A column that did not vary in training says nothing about
/// what it does elsewhere: its deviation is stored as 0 and it is left out, z = 0.
///
/// @param mean shape (D)
/// @param deviation shape (D), not negative
public record Standardisation(double[] mean, double[] deviation) {

    /// A deviation below this share of the column's size is rounding.
    private static final double ROUNDING = 1e-12;

    /// Refuses what is not one.
    public Standardisation {
        if (mean.length != deviation.length) {
            throw new IllegalArgumentException(
                    mean.length + " means and " + deviation.length + " deviations; there is one of each per feature");
        }
        for (int d = 0; d < mean.length; d++) {
            if (!Double.isFinite(mean[d]) || !(deviation[d] >= 0) || Double.isInfinite(deviation[d])) {
                throw new IllegalArgumentException("feature " + d + " has mean " + mean[d] + " and deviation "
                        + deviation[d] + "; both must be finite and a deviation not negative");
            }
        }
    }

    /// Mean and deviation over the candidates of these games, each candidate counting once.
    ///
    /// @param features Φ of each game, shape (K, D)
    public static Standardisation of(List<double[]> features, int d) {
        var mean = new double[d];
        long n = 0;
        for (double[] phi : features) {
            for (int i = 0; i < phi.length; i++) {
                mean[i % d] += phi[i];
            }
            n += phi.length / d;
        }
        for (int c = 0; c < d; c++) {
            mean[c] /= Math.max(1, n);
        }
        var deviation = new double[d];
        for (double[] phi : features) {
            for (int i = 0; i < phi.length; i++) {
                deviation[i % d] += (phi[i] - mean[i % d]) * (phi[i] - mean[i % d]);
            }
        }
        for (int c = 0; c < d; c++) {
            deviation[c] = Math.sqrt(deviation[c] / Math.max(1, n));
            if (deviation[c] <= ROUNDING * Math.abs(mean[c])) {
                deviation[c] = 0;
            }
        }
        return new Standardisation(mean, deviation);
    }

    /// D.
    public int features() {
        return mean.length;
    }

    /// Standardised features.
    ///
    /// @param phi shape (K, D)
    public double[] apply(double[] phi) {
        int d = mean.length;
        var z = new double[phi.length];
        for (int i = 0; i < phi.length; i++) {
            int c = i % d;
            z[i] = deviation[c] > 0 ? (phi[i] - mean[c]) / deviation[c] : 0;
        }
        return z;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Standardisation that
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(deviation, that.deviation);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(deviation);
    }

    @Override
    public String toString() {
        return "Standardisation[features=" + mean.length + "]";
    }
}
