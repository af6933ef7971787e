package org.polyphony.plugin.evaluator.preferences.fit;

import java.util.ArrayList;
import java.util.List;
import org.polyphony.games.ConsensusSolver;
import org.polyphony.plugin.evaluator.preferences.study.EvaluatedStudy;
import org.polyphony.plugin.evaluator.preferences.study.ItemGame;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.BradleyTerry;
import org.polyphony.preferences.model.Strengths;
import org.polyphony.preferences.model.WinCounts;

/// Consensus games along the path of shrinkage: how much of ε* is a choice of shrinkage.
///
/// All judges teach, ties as halves; only allowed candidates play; means over the items that have a game.
public final class GamePath {
    /// Masses below this are not part of a policy's support.
    private static final double SUPPORT = 1e-9;

    private final EvaluatedStudy study;
    private final Pairs pairs;
    private final int[] items;
    private final double[] path;
    private final double[][] population;

    private GamePath(EvaluatedStudy study, Pairs pairs, int[] items, double[] path, double[][] population) {
        this.study = study;
        this.pairs = pairs;
        this.items = items;
        this.path = path;
        this.population = population;
    }

    /// What the games of one labelling look like at one strength, means over items; NaN without games.
    ///
    /// @param epsStar ε*, the smallest possible largest unilateral gain of a single policy
    /// @param support number of candidates of the consensus policy
    /// @param difference mean |P_s − P_r| over pairs of stakeholders and of candidates
    public record Point(double epsStar, double support, double difference) {}

    /// Fits the population, which no relabelling changes.
    public static GamePath of(
            EvaluatedStudy study, Pairs pairs, int[] scope, double ridge, double[] path, Parallel parallel) {
        int[] items = java.util.Arrays.stream(scope)
                .filter(item -> study.game(item).isPresent())
                .toArray();
        WinCounts[] everybody = WinCounts.of(pairs, Ties.HALF);
        List<double[]> population = parallel.map(everybody.length, item -> BradleyTerry.fit(everybody[item], ridge));
        return new GamePath(study, pairs, items, path, population.toArray(double[][]::new));
    }

    /// Number of items that have a game.
    public int games() {
        return items.length;
    }

    /// Points along the path for groups of these labels, one a row.
    public List<Point> points(int[] groupOfRow, Parallel parallel) {
        PartWins wins = PartWins.of(pairs, new int[pairs.judges()], 1, groupOfRow, Ties.HALF);
        WinCounts[][] counts = new WinCounts[pairs.groups()][];
        java.util.Arrays.setAll(counts, group -> wins.group(part -> true, group));
        List<double[]> byItem = parallel.map(items.length, index -> along(items[index], counts));
        List<Point> points = new ArrayList<>();
        for (int strength = 0; strength < path.length; strength++) {
            double epsStar = 0;
            double support = 0;
            double difference = 0;
            for (double[] item : byItem) {
                epsStar += item[3 * strength];
                support += item[3 * strength + 1];
                difference += item[3 * strength + 2];
            }
            points.add(new Point(epsStar / items.length, support / items.length, difference / items.length));
        }
        return points;
    }

    // (ε*, support, difference) at every strength
    private double[] along(int item, WinCounts[][] counts) {
        ItemGame game = study.game(item).orElseThrow();
        int groups = counts.length;
        int k = game.candidates();
        double[] found = new double[3 * path.length];
        double[][] theta = new double[groups][];
        java.util.Arrays.fill(theta, population[item]);
        ConsensusSolver solver = new ConsensusSolver();
        for (int strength = 0; strength < path.length; strength++) {
            double[] p = new double[groups * k * k];
            for (int group = 0; group < groups; group++) {
                if (Double.isFinite(path[strength])) {
                    theta[group] =
                            BradleyTerry.fit(counts[group][item], path[strength], population[item], theta[group]);
                }
                System.arraycopy(Strengths.of(theta[group]).matrix(), 0, p, group * k * k, k * k);
            }
            var consensus = solver.solve(p, groups, game.allowed());
            found[3 * strength] = consensus.largestGain();
            for (double mass : consensus.policy()) {
                found[3 * strength + 1] += mass > SUPPORT ? 1 : 0;
            }
            found[3 * strength + 2] = meanDifference(p, groups, game);
        }
        return found;
    }

    /// Mean of |P_s[i, j] − P_r[i, j]| over pairs of stakeholders and of allowed candidates; 0 where there
    /// is no pair.
    public static double meanDifference(double[] p, int stakeholders, ItemGame game) {
        int k = game.candidates();
        double sum = 0;
        int terms = 0;
        for (int s = 0; s < stakeholders; s++) {
            for (int r = 0; r < s; r++) {
                for (int a = 0; a < game.allowed().count(); a++) {
                    for (int b = 0; b < a; b++) {
                        int cell = game.allowed().index(a) * k + game.allowed().index(b);
                        sum += Math.abs(p[s * k * k + cell] - p[r * k * k + cell]);
                        terms++;
                    }
                }
            }
        }
        return terms == 0 ? 0 : sum / terms;
    }
}
