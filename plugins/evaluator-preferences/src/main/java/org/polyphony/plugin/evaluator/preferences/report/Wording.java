package org.polyphony.plugin.evaluator.preferences.report;

import java.util.Locale;
import org.polyphony.preferences.score.Interval;

/// Numbers in sentences.
public final class Wording {
    private Wording() {}

    /// A signed number with four decimals.
    public static String signed(double value) {
        // minus zero would read as a loss
        return String.format(Locale.ROOT, "%+.4f", value == 0 ? 0.0 : value);
    }

    /// A number with three decimals.
    public static String plain(double value) {
        return String.format(Locale.ROOT, "%.3f", value == 0 ? 0.0 : value);
    }

    /// An estimate with its interval, signed; without it where it is missing or would be printed with zero width.
    public static String signed(Interval interval) {
        String low = signed(interval.low());
        String high = signed(interval.high());
        boolean bounded = Double.isFinite(interval.high() - interval.low()) && !low.equals(high);
        return signed(interval.value()) + (bounded ? " [" + low + ", " + high + "]" : "");
    }

    /// An estimate with its interval, three decimals; without it where it is missing or would be printed with zero
    /// width.
    public static String plain(Interval interval) {
        String low = plain(interval.low());
        String high = plain(interval.high());
        boolean bounded = Double.isFinite(interval.high() - interval.low()) && !low.equals(high);
        return plain(interval.value()) + (bounded ? " [" + low + ", " + high + "]" : "");
    }

    /// A strength of shrinkage as labels write it: `30`, `0.3`, `inf`.
    public static String strength(double lambda) {
        if (Double.isInfinite(lambda)) {
            return "inf";
        }
        return lambda == Math.rint(lambda) && lambda < 1e9 ? Long.toString((long) lambda) : Double.toString(lambda);
    }
}
