package org.polyphony.preferences.score;

import java.util.ArrayList;
import java.util.List;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.ModelSpec;

/// What groups are worth to held-out judges along a path of shrinkage strengths, from almost free to the
/// population itself.
public final class ShrinkagePath {
    /// A grid wide enough for groups that hardly differ and for groups that differ by logits.
    public static final List<Double> DEFAULT_GRID = List.of(0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0);

    private ShrinkagePath() {}

    /// One strength on the path.
    ///
    /// @param shrinkage λ_d
    /// @param score on decided held-out judgments that carry a group
    /// @param gain log-loss saved against the population, nats a judgment, with its judge-bootstrap interval
    /// @param accuracyGain accuracy gained against the population, with its judge-bootstrap interval
    public record Point(double shrinkage, HeldOutScore score, Interval gain, Interval accuracyGain) {}

    /// Every strength of the grid, in its order, by judge folds.
    ///
    /// @param draws draws of the judge bootstrap
    public static List<Point> evaluate(
            Pairs pairs,
            int[] foldOfJudge,
            int folds,
            double ridge,
            Ties ties,
            List<Double> grid,
            int draws,
            long seed,
            Parallel parallel) {
        double[] base =
                CrossValidation.predict(pairs, foldOfJudge, folds, new ModelSpec.Population(ridge, ties), parallel);
        List<Point> path = new ArrayList<>();
        for (double shrinkage : grid) {
            double[] groups = CrossValidation.predict(
                    pairs, foldOfJudge, folds, new ModelSpec.ShrunkGroups(ridge, shrinkage, ties), parallel);
            path.add(new Point(
                    shrinkage,
                    HeldOutScore.of(pairs, groups, row -> pairs.group(row) != Pairs.NO_GROUP),
                    JudgeBootstrap.gain(
                            pairs, base, groups, row -> pairs.group(row) != Pairs.NO_GROUP, draws, seed, parallel),
                    JudgeBootstrap.accuracyGain(
                            pairs, base, groups, row -> pairs.group(row) != Pairs.NO_GROUP, draws, seed, parallel)));
        }
        return path;
    }

    /// The strength of the grid that saves held-out judges most, or infinity where none saves anything.
    ///
    /// Chosen by people who were held out, never by evidence over judgments, which finds differences
    /// between random groups too. Of equal strengths the larger is chosen.
    public static double choose(
            Pairs pairs, int[] foldOfJudge, int folds, double ridge, Ties ties, List<Double> grid, Parallel parallel) {
        double[] losses = new double[grid.size() + 1];
        for (int k = 0; k < losses.length; k++) {
            ModelSpec spec = k < grid.size()
                    ? new ModelSpec.ShrunkGroups(ridge, grid.get(k), ties)
                    : new ModelSpec.Population(ridge, ties);
            double[] predicted = CrossValidation.predict(pairs, foldOfJudge, folds, spec, parallel);
            losses[k] = HeldOutScore.of(pairs, predicted, row -> pairs.group(row) != Pairs.NO_GROUP)
                    .logLoss();
        }
        double chosen = Double.POSITIVE_INFINITY;
        double least = losses[grid.size()];
        for (int k = 0; k < grid.size(); k++) {
            if (losses[k] < least || (losses[k] == least && chosen < grid.get(k))) {
                least = losses[k];
                chosen = grid.get(k);
            }
        }
        return chosen;
    }
}
