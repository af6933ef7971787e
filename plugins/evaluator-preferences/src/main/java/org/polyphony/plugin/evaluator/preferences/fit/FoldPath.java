package org.polyphony.plugin.evaluator.preferences.fit;

import java.util.Arrays;
import java.util.List;
import org.polyphony.preferences.PairTable;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.BradleyTerry;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.preferences.model.ModelSpec;
import org.polyphony.preferences.model.Strengths;
import org.polyphony.preferences.model.WinCounts;
import org.polyphony.preferences.score.HeldOutScore;

/// Groups fitted along the path of shrinkage on the judges of all other folds, and what they save on the
/// fold's judges.
///
/// The population's utilities do not depend on group labels: they are fitted once and serve every
/// relabelling. Along the path each fit starts where the one before ended.
public final class FoldPath {
    /// Beyond this difference of utilities the likelier side is plain; nearer, the rule of [HeldOutScore] decides.
    private static final double UNDECIDED = 1e-8;

    private final Pairs pairs;
    private final int[] foldOfJudge;
    private final int folds;
    private final double[] path;
    /// `[fold][item][K]`
    private final double[][][] population;

    private FoldPath(Pairs pairs, int[] foldOfJudge, int folds, double[] path, double[][][] population) {
        this.pairs = pairs;
        this.foldOfJudge = foldOfJudge;
        this.folds = folds;
        this.path = path;
        this.population = population;
    }

    /// Fits the population on every fold's training judges; ties teach nothing.
    public static FoldPath of(
            Pairs pairs, int[] foldOfJudge, int folds, double ridge, double[] path, Parallel parallel) {
        PartWins wins = PartWins.of(pairs, foldOfJudge, folds, pairs.groupOfRow(), Ties.DROP);
        List<double[][]> population = parallel.map(
                folds,
                fold -> Arrays.stream(
                                ModelSpec.population(wins.everybody(part -> part != fold), ridge, Parallel.SEQUENTIAL))
                        .map(Strengths::theta)
                        .toArray(double[][]::new));
        return new FoldPath(pairs, foldOfJudge, folds, path, population.toArray(double[][][]::new));
    }

    /// The path: infinity first, then descending.
    public double[] path() {
        return path;
    }

    /// Fits of one labelling.
    ///
    /// @param theta utilities `[strength][fold][group][item][K]`
    /// @param wins the decided judgments by fold and group
    public record Fits(double[][][][][] theta, PartWins wins) {}

    /// What a labelling saves against the population on held-out judges.
    ///
    /// @param nats Σ w (loss of the population − loss of the group) `[strength][group][item]`
    /// @param hits Σ w (hits of the group − hits of the population) `[strength][group][item]`
    /// @param weight Σ w of the decided judgments scored `[group][item]`
    public record Saved(double[][][] nats, double[][][] hits, double[][] weight) {

        /// Nats saved a judgment, all groups and items together, at one strength; NaN without judgments.
        public double gain(int strength) {
            return sum(nats[strength]) / sum(weight);
        }

        /// Accuracy gained, all groups and items together, at one strength; NaN without judgments.
        public double accuracyGain(int strength) {
            return sum(hits[strength]) / sum(weight);
        }

        /// Nats saved a judgment about one item.
        public double itemGain(int strength, int item) {
            double above = 0;
            double below = 0;
            for (int group = 0; group < weight.length; group++) {
                above += nats[strength][group][item];
                below += weight[group][item];
            }
            return above / below;
        }

        private static double sum(double[][] values) {
            return Arrays.stream(values).flatMapToDouble(Arrays::stream).sum();
        }
    }

    /// Fits groups of these labels, one a row.
    public Fits fit(int[] groupOfRow, Parallel parallel) {
        PartWins wins = PartWins.of(pairs, foldOfJudge, folds, groupOfRow, Ties.DROP);
        int groups = pairs.groups();
        double[][][][][] theta = new double[path.length][folds][groups][][];
        parallel.forEach(folds * groups, index -> {
            int fold = index / groups;
            int group = index % groups;
            WinCounts[] counts = wins.group(part -> part != fold, group);
            double[][] start = population[fold];
            for (int strength = 0; strength < path.length; strength++) {
                double[][] fitted = new double[start.length][];
                for (int item = 0; item < fitted.length; item++) {
                    fitted[item] = Double.isInfinite(path[strength])
                            ? population[fold][item]
                            : BradleyTerry.fit(counts[item], path[strength], population[fold][item], start[item]);
                }
                theta[strength][fold][group] = fitted;
                start = fitted;
            }
        });
        return new Fits(theta, wins);
    }

    /// Scores fits on the judges they did not see.
    public Saved saved(Fits fits) {
        int groups = pairs.groups();
        double[][][] nats = new double[path.length][groups][pairs.items()];
        double[][][] hits = new double[path.length][groups][pairs.items()];
        double[][] weight = new double[groups][pairs.items()];
        PairTable table = pairs.table();
        for (int fold = 0; fold < folds; fold++) {
            for (int group = 0; group < groups; group++) {
                double[] low = fits.wins().low(fold, group);
                double[] high = fits.wins().high(fold, group);
                for (int item = 0; item < pairs.items(); item++) {
                    double[] base = population[fold][item];
                    for (int pair = table.start(item); pair < table.start(item + 1); pair++) {
                        double judged = low[pair] + high[pair];
                        if (judged == 0) {
                            continue;
                        }
                        int i = table.low(pair);
                        int j = table.high(pair);
                        weight[group][item] += judged;
                        double before = base[i] - base[j];
                        double lossBefore = Logistic.loss(before, judged, low[pair]);
                        double hitsBefore = hits(before, low[pair], high[pair]);
                        for (int strength = 0; strength < path.length; strength++) {
                            double[] theta = fits.theta()[strength][fold][group][item];
                            double after = theta[i] - theta[j];
                            nats[strength][group][item] += lossBefore - Logistic.loss(after, judged, low[pair]);
                            hits[strength][group][item] += hits(after, low[pair], high[pair]) - hitsBefore;
                        }
                    }
                }
            }
        }
        return new Saved(nats, hits, weight);
    }

    /// Probability of every row that its first candidate is preferred, by the population of the other
    /// folds.
    public double[] predictPopulation() {
        double[] predicted = new double[pairs.size()];
        for (int row = 0; row < predicted.length; row++) {
            predicted[row] = probability(row, population[foldOfJudge[pairs.judge(row)]][pairs.item(row)]);
        }
        return predicted;
    }

    /// The same by the group of each row at one strength; rows without a group are answered by the
    /// population.
    public double[] predict(Fits fits, int strength) {
        double[] predicted = new double[pairs.size()];
        for (int row = 0; row < predicted.length; row++) {
            int fold = foldOfJudge[pairs.judge(row)];
            int group = pairs.group(row);
            double[][] theta = group == Pairs.NO_GROUP ? population[fold] : fits.theta()[strength][fold][group];
            predicted[row] = probability(row, theta[pairs.item(row)]);
        }
        return predicted;
    }

    private double probability(int row, double[] theta) {
        return Logistic.sigmoid(theta[pairs.first(row)] - theta[pairs.second(row)]);
    }

    private static double hits(double difference, double low, double high) {
        if (Math.abs(difference) > UNDECIDED) {
            return difference > 0 ? low : high;
        }
        double p = Logistic.sigmoid(difference);
        return low * HeldOutScore.hit(p, 1) + high * HeldOutScore.hit(p, 0);
    }
}
