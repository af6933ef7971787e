package org.polyphony.preferences.score;

import java.util.function.IntPredicate;
import org.polyphony.preferences.Pairs;

/// What a model saves against another on held-out judges, with intervals from drawing judges; positive is
/// better.
///
/// @param nats log-loss saved a decided judgment
/// @param accuracy accuracy gained
public record Gain(Interval nats, Interval accuracy) {

    /// Compares two models on the decided rows that satisfy a condition.
    ///
    /// @param base probability of every row under the model to beat
    /// @param model probability of every row under the other
    public static Gain of(Pairs pairs, double[] base, double[] model, IntPredicate rows, JudgeBootstrap judges) {
        HeldOutScore.requireRows(pairs, base);
        HeldOutScore.requireRows(pairs, model);
        double[] nats = new double[pairs.judges()];
        double[] hits = new double[pairs.judges()];
        double[] weight = new double[pairs.judges()];
        for (int row = 0; row < pairs.size(); row++) {
            if (!pairs.decided(row) || !rows.test(row)) {
                continue;
            }
            int judge = pairs.judge(row);
            double y = pairs.outcome(row);
            double w = pairs.weight(row);
            nats[judge] += w * (HeldOutScore.loss(base[row], y) - HeldOutScore.loss(model[row], y));
            hits[judge] += w * (HeldOutScore.hit(model[row], y) - HeldOutScore.hit(base[row], y));
            weight[judge] += w;
        }
        return new Gain(judges.ratio(nats, weight), judges.ratio(hits, weight));
    }

    /// The same, drawing the judges of these rows.
    ///
    /// @param draws draws of judges
    public static Gain of(Pairs pairs, double[] base, double[] model, IntPredicate rows, int draws, long seed) {
        IntPredicate scored = row -> pairs.decided(row) && rows.test(row);
        return of(pairs, base, model, rows, JudgeBootstrap.of(pairs, scored, draws, seed));
    }
}
