package org.polyphony.plugin.evaluator.preferences.fit;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.score.Interval;
import org.polyphony.preferences.score.JudgeBootstrap;

/// Draws of judges with replacement, made once and shared by every statistic, so that all of them are
/// paired.
public final class JudgeDraws {
    private final double[][] weights;
    private final double[] once;
    private final int judges;

    private JudgeDraws(double[][] weights, double[] once, int judges) {
        this.weights = weights;
        this.once = once;
        this.judges = judges;
    }

    /// Draws over the judges who gave at least one of the judgments.
    public static JudgeDraws of(Pairs pairs, int draws, long seed) {
        boolean[] seen = new boolean[pairs.judges()];
        for (int row = 0; row < pairs.size(); row++) {
            seen[pairs.judge(row)] = true;
        }
        return of(seen, draws, seed);
    }

    /// Draws over some of the judges.
    ///
    /// @param seen one a judge: whether she takes part
    public static JudgeDraws of(boolean[] seen, int draws, long seed) {
        JudgeBootstrap bootstrap = JudgeBootstrap.of(seen, draws, seed);
        double[] once = new double[seen.length];
        Arrays.setAll(once, judge -> seen[judge] ? 1 : 0);
        double[][] weights = new double[bootstrap.judges() == 0 ? 0 : draws][];
        Arrays.setAll(weights, bootstrap::weights);
        return new JudgeDraws(weights, once, bootstrap.judges());
    }

    /// Number of judges who take part.
    public int judges() {
        return judges;
    }

    /// Number of draws; none where nobody judged.
    public int draws() {
        return weights.length;
    }

    /// How often each judge is drawn `[judges of the data]`; not to be changed.
    public double[] weights(int draw) {
        return weights[draw];
    }

    /// Every judge who takes part, once `[judges of the data]`; not to be changed.
    public double[] once() {
        return once;
    }

    /// A statistic of the judges' weights with its interval. One judge has no interval: there is nobody to
    /// draw instead.
    public Interval interval(ToDoubleFunction<double[]> statistic) {
        return of(
                statistic.applyAsDouble(once),
                Arrays.stream(weights).mapToDouble(statistic).toArray());
    }

    /// Σ numerator / Σ denominator over judges with its interval.
    public Interval ratio(double[] numerator, double[] denominator) {
        return interval(w -> {
            double above = 0;
            double below = 0;
            for (int judge = 0; judge < w.length; judge++) {
                above += w[judge] * numerator[judge];
                below += w[judge] * denominator[judge];
            }
            return above / below;
        });
    }

    /// The interval of a value from values of the draws; draws in which it is undefined are left out.
    public Interval of(double value, double[] resampled) {
        double[] defined = Arrays.stream(resampled).filter(Double::isFinite).toArray();
        return judges < 2 || defined.length == 0
                ? new Interval(value, Double.NaN, Double.NaN)
                : Interval.of95(value, defined);
    }
}
