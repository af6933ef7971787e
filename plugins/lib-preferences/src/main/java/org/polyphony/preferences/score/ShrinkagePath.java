package org.polyphony.preferences.score;

import java.util.Arrays;
import java.util.List;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.BradleyTerry;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.preferences.model.WinCounts;

/// The strength of shrinkage by which groups are worth most to held-out judges, on a path from almost free to
/// the population itself.
public final class ShrinkagePath {
    /// A grid wide enough for groups that hardly differ and for groups that differ by logits.
    public static final List<Double> DEFAULT_GRID = List.of(0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0);

    private ShrinkagePath() {}

    /// The strength of the grid that saves held-out judges most, or infinity where none saves anything.
    ///
    /// Chosen by people who were held out, never by evidence over judgments, which finds differences
    /// between random groups too. Of equal strengths the larger is chosen.
    public static double choose(
            Pairs pairs, int[] foldOfJudge, int folds, double ridge, Ties ties, List<Double> grid, Parallel parallel) {
        CrossValidation.requireFolds(pairs, foldOfJudge, folds);
        int[][] rows = pairs.rowsByItem();
        double[] losses = new double[grid.size() + 1];
        for (double[] ofItem : parallel.map(
                pairs.items(), item -> losses(pairs, item, rows[item], foldOfJudge, folds, ridge, ties, grid))) {
            for (int k = 0; k < losses.length; k++) {
                losses[k] += ofItem[k];
            }
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

    /// Held-out log-loss of one item's judgments under every strength of the grid and, last, under the population.
    private static double[] losses(
            Pairs pairs,
            int item,
            int[] rows,
            int[] foldOfJudge,
            int folds,
            double ridge,
            Ties ties,
            List<Double> grid) {
        double[] losses = new double[grid.size() + 1];
        for (int f = 0; f < folds; f++) {
            int fold = f;
            double[] everybody = BradleyTerry.fit(
                    WinCounts.ofItem(pairs, item, rows, ties, row -> foldOfJudge[pairs.judge(row)] != fold), ridge);
            for (int g = 0; g < pairs.groups(); g++) {
                int group = g;
                int[] heldOut = Arrays.stream(rows)
                        .filter(row -> pairs.group(row) == group && foldOfJudge[pairs.judge(row)] == fold)
                        .toArray();
                if (heldOut.length == 0) {
                    continue;
                }
                WinCounts own = WinCounts.ofItem(
                        pairs,
                        item,
                        rows,
                        ties,
                        row -> pairs.group(row) == group && foldOfJudge[pairs.judge(row)] != fold);
                for (int k = 0; k < losses.length; k++) {
                    boolean alone = k < grid.size() && grid.get(k) < Double.POSITIVE_INFINITY;
                    losses[k] += loss(
                            pairs,
                            heldOut,
                            alone ? BradleyTerry.fit(own, grid.get(k), everybody, everybody) : everybody);
                }
            }
        }
        return losses;
    }

    private static double loss(Pairs pairs, int[] rows, double[] theta) {
        double loss = 0;
        for (int row : rows) {
            if (pairs.decided(row)) {
                double p = Logistic.sigmoid(theta[pairs.first(row)] - theta[pairs.second(row)]);
                loss += pairs.weight(row) * HeldOutScore.loss(p, pairs.outcome(row));
            }
        }
        return loss;
    }
}
