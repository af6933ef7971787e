package org.polyphony.preferences.score;

import java.util.Arrays;
import org.polyphony.preferences.PairTable;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.BradleyTerry;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.preferences.model.ModelSpec;
import org.polyphony.preferences.model.StrengthsModel;
import org.polyphony.preferences.model.WinCounts;

/// What groups explain beside what groups of the same people, relabelled at random, explain. Safe to share
/// between threads.
///
/// Two statistics of a labelling of rows, both of groups shrunk towards the population:
/// - `penalisedGain`: Σ over items and groups of [ll(θ+δ) − ll(θ)] − λ_d/2·|δ|², fitted to all data, in nats;
/// - `heldOutGain`: log-loss that the groups save on held-out judges, in nats a decided judgment with a
///   group.
public final class Placebo {
    private final Pairs pairs;
    private final SeatUnits cells;
    private final ModelSpec.ShrunkGroups spec;
    private final int folds;
    private final int[] foldOfRow;
    /// `[fold][item]`, the last entry fitted to everything
    private final double[][][] population;

    private Placebo(
            Pairs pairs,
            SeatUnits cells,
            ModelSpec.ShrunkGroups spec,
            int folds,
            int[] foldOfRow,
            double[][][] population) {
        this.pairs = pairs;
        this.cells = cells;
        this.spec = spec;
        this.folds = folds;
        this.foldOfRow = foldOfRow;
        this.population = population;
    }

    /// The two statistics of one labelling.
    ///
    /// @param penalisedGain in nats, at least 0
    /// @param heldOutGain in nats a judgment; NaN without held-out judgments
    public record Statistics(double penalisedGain, double heldOutGain) {}

    /// The observed statistics beside those of placebo groups.
    ///
    /// @param observed with the labels of the cells as they are
    /// @param draws with permuted labels, in order of draw
    public record Result(Statistics observed, java.util.List<Statistics> draws) {
        /// Copies the draws.
        public Result {
            draws = java.util.List.copyOf(draws);
        }

        /// Share of labellings, the observed one among them, with a penalised gain at least as large: a
        /// permutation test.
        public double pValue() {
            long atLeast = draws.stream()
                    .filter(draw -> draw.penalisedGain() >= observed.penalisedGain())
                    .count();
            return (1.0 + atLeast) / (1 + draws.size());
        }

        /// The same for the held-out gain.
        public double heldOutPValue() {
            long atLeast = draws.stream()
                    .filter(draw -> draw.heldOutGain() >= observed.heldOutGain())
                    .count();
            return (1.0 + atLeast) / (1 + draws.size());
        }

        /// Mean and central 95 % of the placebo's held-out gain; its value is the mean.
        public Interval heldOutBand() {
            double[] gains = draws.stream().mapToDouble(Statistics::heldOutGain).toArray();
            return Interval.of95(Arrays.stream(gains).average().orElse(Double.NaN), gains);
        }

        /// Mean and central 95 % of the placebo's penalised gain; its value is the mean.
        public Interval penalisedBand() {
            double[] gains =
                    draws.stream().mapToDouble(Statistics::penalisedGain).toArray();
            return Interval.of95(Arrays.stream(gains).average().orElse(Double.NaN), gains);
        }
    }

    /// Prepares the test: fits the population to everything and to the judges outside each fold.
    ///
    /// @param foldOfJudge fold of every judge, in [0, folds)
    public static Placebo of(
            Pairs pairs, int[] foldOfJudge, int folds, ModelSpec.ShrunkGroups spec, Parallel parallel) {
        CrossValidation.requireFolds(pairs, foldOfJudge, folds);
        int[] foldOfRow = new int[pairs.size()];
        for (int row = 0; row < foldOfRow.length; row++) {
            foldOfRow[row] = foldOfJudge[pairs.judge(row)];
        }
        double[][][] population = parallel.map(folds + 1, fold -> {
                    WinCounts[] counts = WinCounts.of(pairs, spec.ties(), row -> foldOfRow[row] != fold);
                    double[][] theta = new double[counts.length][];
                    for (int item = 0; item < theta.length; item++) {
                        theta[item] = BradleyTerry.fit(counts[item], spec.ridge());
                    }
                    return theta;
                })
                .toArray(double[][][]::new);
        return new Placebo(pairs, SeatUnits.of(pairs), spec, folds, foldOfRow, population);
    }

    /// The cells whose labels are permuted.
    public SeatUnits cells() {
        return cells;
    }

    /// Observed statistics and those of `draws` permutations.
    public Result test(int draws, long seed, Parallel parallel) {
        return new Result(
                statistics(cells.labels()), parallel.map(draws, draw -> statistics(cells.permuted(seed, draw))));
    }

    /// Strengths of the groups that a labelling of the rows makes, fitted to all data, for statistics of
    /// the games they play.
    public StrengthsModel fit(int[] labelOfRow) {
        return spec.fit(pairs.withGroups(labelOfRow, cells.groups()), Parallel.SEQUENTIAL);
    }

    /// Both statistics of one labelling of the rows.
    public Statistics statistics(int[] labelOfRow) {
        PairTable table = pairs.table();
        int groups = cells.groups();
        // decided wins of (fold, group), and with ties as halves where training wants them
        double[][] low = new double[folds * groups][table.size()];
        double[][] high = new double[folds * groups][table.size()];
        boolean half = spec.ties() == Ties.HALF;
        double[][] tied = half ? new double[folds * groups][table.size()] : new double[0][];
        for (int row = 0; row < labelOfRow.length; row++) {
            if (labelOfRow[row] != Pairs.NO_GROUP) {
                int slot = foldOfRow[row] * groups + labelOfRow[row];
                if (pairs.decided(row)) {
                    WinCounts.add(pairs, row, Ties.DROP, low[slot], high[slot]);
                } else if (half) {
                    tied[slot][pairs.pair(row)] += pairs.weight(row) / 2;
                }
            }
        }
        double penalised = 0;
        double saved = 0;
        double weight = 0;
        for (int group = 0; group < groups; group++) {
            for (int held = 0; held <= folds; held++) {
                double[] lowWins = new double[table.size()];
                double[] highWins = new double[table.size()];
                for (int fold = 0; fold < folds; fold++) {
                    if (fold != held) {
                        int slot = fold * groups + group;
                        for (int pair = 0; pair < lowWins.length; pair++) {
                            double tie = half ? tied[slot][pair] : 0;
                            lowWins[pair] += low[slot][pair] + tie;
                            highWins[pair] += high[slot][pair] + tie;
                        }
                    }
                }
                for (int item = 0; item < table.items(); item++) {
                    double[] theta = population[held][item];
                    WinCounts counts = WinCounts.compact(table, item, lowWins, highWins);
                    double[] shifted = BradleyTerry.fit(counts, spec.shrinkage(), theta, theta);
                    if (held == folds) {
                        penalised +=
                                counts.logLikelihood(shifted) - counts.logLikelihood(theta) - penalty(shifted, theta);
                    } else {
                        int slot = held * groups + group;
                        for (int pair = table.start(item); pair < table.start(item + 1); pair++) {
                            double n = low[slot][pair] + high[slot][pair];
                            if (n > 0) {
                                int i = table.low(pair);
                                int j = table.high(pair);
                                double with = shifted[i] - shifted[j];
                                double without = theta[i] - theta[j];
                                // ln σ(−d) = ln σ(d) − d
                                saved += n * (Logistic.logSigmoid(with) - Logistic.logSigmoid(without))
                                        - high[slot][pair] * (with - without);
                                weight += n;
                            }
                        }
                    }
                }
            }
        }
        return new Statistics(penalised, saved / weight);
    }

    private double penalty(double[] shifted, double[] theta) {
        double squares = 0;
        for (int i = 0; i < theta.length; i++) {
            squares += (shifted[i] - theta[i]) * (shifted[i] - theta[i]);
        }
        return squares == 0 ? 0 : spec.shrinkage() / 2 * squares;
    }
}
