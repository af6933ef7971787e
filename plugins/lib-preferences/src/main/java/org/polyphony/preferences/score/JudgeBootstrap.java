package org.polyphony.preferences.score;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.polyphony.preferences.KeyedRandom;
import org.polyphony.preferences.Pairs;

/// Resamples people with replacement, never judgments: judgments of one person are not independent.
///
/// Draws n of the n judges that take part; each draw is keyed by (seed, index), so that draws may run in
/// parallel and two statistics of the same draw are paired.
public final class JudgeBootstrap {
    private static final String STAGE = "judge-bootstrap";

    private final int judges;
    private final int[] taking;
    private final int draws;
    private final long seed;

    private JudgeBootstrap(int judges, int[] taking, int draws, long seed) {
        this.judges = judges;
        this.taking = taking;
        this.draws = draws;
        this.seed = seed;
    }

    /// A bootstrap over the judges of the rows that satisfy a condition on the row index.
    public static JudgeBootstrap of(Pairs pairs, IntPredicate rows, int draws, long seed) {
        boolean[] seen = new boolean[pairs.judges()];
        for (int row = 0; row < pairs.size(); row++) {
            if (rows.test(row)) {
                seen[pairs.judge(row)] = true;
            }
        }
        return of(seen, draws, seed);
    }

    /// A bootstrap over some of the judges.
    ///
    /// @param seen one a judge: whether she takes part
    public static JudgeBootstrap of(boolean[] seen, int draws, long seed) {
        if (draws < 1) {
            throw new IllegalArgumentException("a bootstrap needs at least one draw, not " + draws);
        }
        int[] taking =
                IntStream.range(0, seen.length).filter(judge -> seen[judge]).toArray();
        return new JudgeBootstrap(seen.length, taking, taking.length == 0 ? 0 : draws, seed);
    }

    /// Number of draws; none where nobody takes part.
    public int draws() {
        return draws;
    }

    /// Number of judges that take part.
    public int judges() {
        return taking.length;
    }

    /// How often each judge is drawn, one entry a judge of the data, zero for those that take no part. The
    /// array is the caller's.
    public double[] weights(int draw) {
        double[] weights = new double[judges];
        SplittableRandom random = KeyedRandom.of(seed, STAGE, draw);
        for (int k = 0; k < taking.length; k++) {
            weights[taking[random.nextInt(taking.length)]]++;
        }
        return weights;
    }

    /// Every judge that takes part once, one entry a judge of the data. The array is the caller's.
    public double[] once() {
        double[] once = new double[judges];
        for (int judge : taking) {
            once[judge] = 1;
        }
        return once;
    }

    /// A statistic of judge weights with its interval; the value is the statistic with every judge once.
    public Interval interval(ToDoubleFunction<double[]> statistic) {
        double[] resampled = new double[draws];
        Arrays.setAll(resampled, draw -> statistic.applyAsDouble(weights(draw)));
        return interval(statistic.applyAsDouble(once()), resampled);
    }

    /// Interval of Σ numerator / Σ denominator over judges.
    public Interval ratio(double[] numeratorOfJudge, double[] denominatorOfJudge) {
        return interval(weights -> {
            double numerator = 0;
            double denominator = 0;
            for (int judge : taking) {
                numerator += weights[judge] * numeratorOfJudge[judge];
                denominator += weights[judge] * denominatorOfJudge[judge];
            }
            return numerator / denominator;
        });
    }

    /// The interval of a value from its values in the draws; draws in which it is undefined are left out. One
    /// judge has no interval: there is nobody to draw instead.
    public Interval interval(double value, double[] resampled) {
        double[] defined = Arrays.stream(resampled).filter(Double::isFinite).toArray();
        return taking.length < 2 || defined.length == 0
                ? new Interval(value, Double.NaN, Double.NaN)
                : Interval.of95(value, defined);
    }
}
