package org.polyphony.preferences.score;

/// An estimate with a percentile interval.
///
/// @param value the estimate on the data themselves
/// @param low lower end of the interval
/// @param high upper end of the interval
public record Interval(double value, double low, double high) {
    /// Whether the interval lies on one side of zero, so that a sign may be claimed.
    public boolean excludesZero() {
        return low > 0 || high < 0;
    }

    /// The interval of an estimate from resampled values: the 2.5 % and 97.5 % quantiles, linearly
    /// interpolated.
    public static Interval of95(double value, double[] resampled) {
        double[] sorted = resampled.clone();
        java.util.Arrays.sort(sorted);
        return new Interval(value, quantile(sorted, 0.025), quantile(sorted, 0.975));
    }

    /// Quantile of sorted values, linearly interpolated; NaN for none.
    static double quantile(double[] sorted, double q) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double position = q * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
