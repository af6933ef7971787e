package org.polyphony.preferences.score;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/// How far judges who gave values to the same things agree beyond chance: Krippendorff's α = 1 − D_o / D_e, observed
/// over expected disagreement (Krippendorff, Content Analysis, 2004, chapter 11). 1 is full agreement, 0 what values
/// dealt out by lot give, below 0 is systematic disagreement. Things that one judge alone judged say nothing.
///
/// A judge who is drawn several times is not compared with herself.
public final class KrippendorffAlpha {

    /// When two values are how far apart.
    public enum Scale {
        /// Equal or not.
        NOMINAL,
        /// By how many values lie between them.
        ORDINAL,
        /// The square of their difference.
        INTERVAL
    }

    private final Scale scale;
    private final double[] values;
    /// ascending; the ratings of unit u are from `start[u]` to `start[u + 1]`
    private final int[] start;
    private final int[] judge;
    private final int[] code;

    private KrippendorffAlpha(Scale scale, double[] values, int[] start, int[] judge, int[] code) {
        this.scale = scale;
        this.values = values;
        this.start = start;
        this.judge = judge;
        this.code = code;
    }

    /// The agreement about units that were each given values. Of a judge's values of one unit the first counts.
    ///
    /// @param units number of units
    /// @param unit unit of every value, below `units`
    /// @param judge judge of every value
    /// @param value the values
    public static KrippendorffAlpha of(Scale scale, int units, int[] unit, int[] judge, double[] value) {
        int[] next = starts(units, unit);
        int[] rows = new int[unit.length];
        for (int n = 0; n < unit.length; n++) {
            rows[next[unit[n]]++] = n;
        }
        int[] spoke = new int[Arrays.stream(judge).max().orElse(-1) + 1];
        Arrays.fill(spoke, -1);
        int kept = 0;
        for (int n : rows) {
            if (spoke[judge[n]] != unit[n]) {
                spoke[judge[n]] = unit[n];
                rows[kept++] = n;
            }
        }
        int[] first = Arrays.copyOf(rows, kept);
        int[] of = Arrays.stream(first).map(n -> unit[n]).toArray();
        double[] distinct = Arrays.stream(first)
                .mapToDouble(n -> value[n])
                .sorted()
                .distinct()
                .toArray();
        return new KrippendorffAlpha(
                scale,
                distinct,
                starts(units, of),
                Arrays.stream(first).map(n -> judge[n]).toArray(),
                Arrays.stream(first)
                        .map(n -> Arrays.binarySearch(distinct, value[n]))
                        .toArray());
    }

    private static int[] starts(int units, int[] unit) {
        int[] start = new int[units + 1];
        for (int of : unit) {
            start[of + 1]++;
        }
        for (int u = 0; u < units; u++) {
            start[u + 1] += start[u];
        }
        return start;
    }

    /// Units that two judges or more gave a value.
    public int units() {
        int units = 0;
        for (int u = 0; u + 1 < start.length; u++) {
            units += start[u + 1] - start[u] > 1 ? 1 : 0;
        }
        return units;
    }

    /// α; NaN where nothing was judged twice or no two values differ.
    ///
    /// @param weightOfJudge how often each judge counts
    public double alpha(double[] weightOfJudge) {
        double[] total = new double[values.length];
        double n = 0;
        for (int u = 0; u + 1 < start.length; u++) {
            if (pairable(u, weightOfJudge) > 0) {
                for (int at = start[u]; at < start[u + 1]; at++) {
                    total[code[at]] += weightOfJudge[judge[at]];
                    n += weightOfJudge[judge[at]];
                }
            }
        }
        DoubleBinaryOperator distance = distance(total);
        double observed = 0;
        double[] of = new double[values.length];
        for (int u = 0; u + 1 < start.length; u++) {
            double others = pairable(u, weightOfJudge);
            if (others > 0) {
                observed += disagreement(of, u, weightOfJudge, distance) / others;
            }
        }
        double expected = 0;
        for (int c = 0; c < total.length; c++) {
            for (int k = 0; k < c; k++) {
                expected += 2 * total[c] * total[k] * distance.applyAsDouble(c, k);
            }
        }
        return expected > 0 ? 1 - (n - 1) * observed / expected : Double.NaN;
    }

    // how many other judgments one of this unit is compared with, on average: m − 1 where each judge counts once
    private double pairable(int u, double[] weightOfJudge) {
        double sum = 0;
        double squares = 0;
        for (int at = start[u]; at < start[u + 1]; at++) {
            double weight = weightOfJudge[judge[at]];
            sum += weight;
            squares += weight * weight;
        }
        return sum > 0 ? (sum * sum - squares) / sum : 0;
    }

    private double disagreement(double[] of, int u, double[] weightOfJudge, DoubleBinaryOperator distance) {
        for (int at = start[u]; at < start[u + 1]; at++) {
            of[code[at]] = 0;
        }
        for (int at = start[u]; at < start[u + 1]; at++) {
            of[code[at]] += weightOfJudge[judge[at]];
        }
        // every value once, with the others that have not had their turn
        double sum = 0;
        for (int at = start[u]; at < start[u + 1]; at++) {
            double mass = of[code[at]];
            of[code[at]] = 0;
            for (int other = at + 1; mass > 0 && other < start[u + 1]; other++) {
                if (of[code[other]] > 0) {
                    sum += 2 * mass * weightOfJudge[judge[other]] * distance.applyAsDouble(code[at], code[other]);
                }
            }
        }
        return sum;
    }

    private DoubleBinaryOperator distance(double[] total) {
        double[] below = new double[total.length + 1];
        for (int c = 0; c < total.length; c++) {
            below[c + 1] = below[c] + total[c];
        }
        return switch (scale) {
            case NOMINAL -> (c, k) -> c == k ? 0 : 1;
            case INTERVAL ->
                (c, k) -> {
                    double apart = values[(int) c] - values[(int) k];
                    return apart * apart;
                };
            case ORDINAL ->
                (c, k) -> {
                    int low = (int) Math.min(c, k);
                    int high = (int) Math.max(c, k);
                    double between = below[high + 1] - below[low] - (total[low] + total[high]) / 2;
                    return between * between;
                };
        };
    }
}
