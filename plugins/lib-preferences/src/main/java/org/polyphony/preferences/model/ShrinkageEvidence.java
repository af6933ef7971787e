package org.polyphony.preferences.model;

import java.util.function.DoubleUnaryOperator;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;

/// The size of group differences that makes judgments likeliest: σ_d by maximum Laplace evidence.
///
/// θ ~ N(0, τ²), δ_g ~ N(0, σ_d²), one σ_d for all items; blank judgments depend on θ alone. **Not for
/// choosing shrinkage:** the evidence counts judgments as independent, so it finds differences between
/// random relabellings of people too. It is reported beside its value under placebo groups, and shrinkage
/// is chosen by held-out judges.
public final class ShrinkageEvidence {
    /// Standard deviation τ of the population's utilities in the reference procedure.
    public static final double POPULATION_DEVIATION = 1.5;

    private static final double LEAST = 0.005;
    private static final double MOST = 5;
    private static final int GRID = 9;
    private static final double LOG_TOLERANCE = 1e-3;

    private ShrinkageEvidence() {}

    /// σ_d in logits, within [.005, 5].
    public static double deviation(Pairs pairs, Ties ties, Parallel parallel) {
        WinCounts[] blank = WinCounts.of(pairs, ties, row -> pairs.group(row) == Pairs.NO_GROUP);
        WinCounts[][] groups = WinCounts.byGroup(pairs, ties);
        JointFit[] fits = new JointFit[pairs.items()];
        for (int item = 0; item < fits.length; item++) {
            WinCounts[] ofItem = new WinCounts[groups.length];
            for (int g = 0; g < ofItem.length; g++) {
                ofItem[g] = groups[g][item];
            }
            fits[item] = new JointFit(blank[item], ofItem, POPULATION_DEVIATION);
        }
        return maximum(logSigma -> {
            double sigma = Math.exp(logSigma);
            double evidence = 0;
            for (double ofItem : parallel.map(fits.length, item -> fits[item].logEvidence(sigma))) {
                evidence += ofItem;
            }
            return evidence;
        });
    }

    /// Coarse grid, then golden section around its best point.
    private static double maximum(DoubleUnaryOperator evidence) {
        double from = Math.log(LEAST);
        double step = (Math.log(MOST) - from) / (GRID - 1);
        int best = 0;
        double bestValue = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < GRID; k++) {
            double value = evidence.applyAsDouble(from + k * step);
            if (value > bestValue) {
                bestValue = value;
                best = k;
            }
        }
        double golden = (Math.sqrt(5) - 1) / 2;
        double low = from + Math.max(0, best - 1) * step;
        double high = from + Math.min(GRID - 1, best + 1) * step;
        double left = high - golden * (high - low);
        double right = low + golden * (high - low);
        double atLeft = evidence.applyAsDouble(left);
        double atRight = evidence.applyAsDouble(right);
        while (high - low > LOG_TOLERANCE) {
            if (atLeft >= atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - golden * (high - low);
                atLeft = evidence.applyAsDouble(left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + golden * (high - low);
                atRight = evidence.applyAsDouble(right);
            }
        }
        return Math.exp((low + high) / 2);
    }
}
