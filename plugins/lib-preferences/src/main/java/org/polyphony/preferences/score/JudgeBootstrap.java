package org.polyphony.preferences.score;

import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import org.polyphony.preferences.KeyedRandom;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;

/// Resamples people with replacement, never judgments: judgments of one person are not independent.
///
/// Draws n of the n judges that take part; each draw is keyed by (seed, index), so that draws may run in
/// parallel and
/// two
/// statistics of the same draw are paired.
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
        int[] taking = java.util.stream.IntStream.range(0, seen.length)
                .filter(judge -> seen[judge])
                .toArray();
        return new JudgeBootstrap(seen.length, taking, draws, seed);
    }

    /// Number of draws.
    public int draws() {
        return draws;
    }

    /// Number of judges that take part.
    public int judges() {
        return taking.length;
    }

    /// How often each judge is drawn, one entry a judge of the data, zero for those that take no part.
    public double[] weights(int draw) {
        double[] weights = new double[judges];
        SplittableRandom random = KeyedRandom.of(seed, STAGE, draw);
        for (int k = 0; k < taking.length; k++) {
            weights[taking[random.nextInt(taking.length)]]++;
        }
        return weights;
    }

    /// A statistic of judge weights with its interval; the value is the statistic with every judge once.
    public Interval interval(ToDoubleFunction<double[]> statistic, Parallel parallel) {
        double[] once = new double[judges];
        for (int judge : taking) {
            once[judge] = 1;
        }
        double[] resampled = new double[draws];
        parallel.forEach(draws, draw -> resampled[draw] = statistic.applyAsDouble(weights(draw)));
        return Interval.of95(statistic.applyAsDouble(once), resampled);
    }

    /// Interval of Σ numerator / Σ denominator over judges.
    public Interval ratio(double[] numeratorOfJudge, double[] denominatorOfJudge, Parallel parallel) {
        return interval(
                weights -> {
                    double numerator = 0;
                    double denominator = 0;
                    for (int judge : taking) {
                        numerator += weights[judge] * numeratorOfJudge[judge];
                        denominator += weights[judge] * denominatorOfJudge[judge];
                    }
                    return numerator / denominator;
                },
                parallel);
    }

    /// Interval of the held-out log-loss that `model` saves against `base`, in nats a decided judgment:
    /// positive if the
    /// model
    /// is better.
    public static Interval gain(
            Pairs pairs, double[] base, double[] model, IntPredicate rows, int draws, long seed, Parallel parallel) {
        return difference(pairs, base, model, rows, draws, seed, parallel, true);
    }

    /// Interval of the held-out accuracy that `model` has more than `base`.
    public static Interval accuracyGain(
            Pairs pairs, double[] base, double[] model, IntPredicate rows, int draws, long seed, Parallel parallel) {
        return difference(pairs, base, model, rows, draws, seed, parallel, false);
    }

    private static Interval difference(
            Pairs pairs,
            double[] base,
            double[] model,
            IntPredicate rows,
            int draws,
            long seed,
            Parallel parallel,
            boolean loss) {
        HeldOutScore.requireRows(pairs, base);
        HeldOutScore.requireRows(pairs, model);
        double[] saved = new double[pairs.judges()];
        double[] weight = new double[pairs.judges()];
        IntPredicate scored = row -> pairs.decided(row) && rows.test(row);
        for (int row = 0; row < pairs.size(); row++) {
            if (scored.test(row)) {
                double y = pairs.outcome(row);
                double better = loss
                        ? HeldOutScore.loss(base[row], y) - HeldOutScore.loss(model[row], y)
                        : HeldOutScore.hit(model[row], y) - HeldOutScore.hit(base[row], y);
                saved[pairs.judge(row)] += pairs.weight(row) * better;
                weight[pairs.judge(row)] += pairs.weight(row);
            }
        }
        return of(pairs, scored, draws, seed).ratio(saved, weight, parallel);
    }
}
