package org.polyphony.plugin.evaluator.preferences.fit;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.polyphony.preferences.PairTable;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.ModelSpec;
import org.polyphony.preferences.model.Strengths;
import org.polyphony.preferences.model.StrengthsModel;
import org.polyphony.preferences.model.WinCounts;

/// Wins of every compared pair by part of the judges and by group, counted in one pass over the judgments.
///
/// Everything that is fitted again and again (folds, placebo groups, draws of judges) starts from sums of
/// these, so that no draw copies judgments.
public final class PartWins {
    private final PairTable table;
    /// `[part][group + 1][pair]`; group 0 stands for judgments without a group
    private final double[][][] low;

    private final double[][][] high;

    private PartWins(PairTable table, int parts, int groups) {
        this.table = table;
        this.low = new double[parts][groups + 1][table.size()];
        this.high = new double[parts][groups + 1][table.size()];
    }

    /// Counts judgments.
    ///
    /// @param partOfJudge part of every judge, in [0, parts)
    /// @param groupOfRow group of every row, or [Pairs#NO_GROUP]
    /// @param weightOfJudge multiplies the weight of a judge's judgments
    public static PartWins of(
            Pairs pairs, int[] partOfJudge, int parts, int[] groupOfRow, double[] weightOfJudge, Ties ties) {
        PartWins wins = new PartWins(pairs.table(), parts, pairs.groups());
        for (int row = 0; row < pairs.size(); row++) {
            double y = pairs.outcome(row);
            int judge = pairs.judge(row);
            double weight = pairs.weight(row) * weightOfJudge[judge];
            if (weight == 0 || (y == 0.5 && ties == Ties.DROP)) {
                continue;
            }
            double forLow = pairs.first(row) < pairs.second(row) ? y : 1 - y;
            int part = partOfJudge[judge];
            int group = groupOfRow[row] + 1;
            wins.low[part][group][pairs.pair(row)] += weight * forLow;
            wins.high[part][group][pairs.pair(row)] += weight * (1 - forLow);
        }
        return wins;
    }

    /// Counts judgments of judges who all count once.
    public static PartWins of(Pairs pairs, int[] partOfJudge, int parts, int[] groupOfRow, Ties ties) {
        double[] once = new double[pairs.judges()];
        Arrays.fill(once, 1);
        return of(pairs, partOfJudge, parts, groupOfRow, once, ties);
    }

    /// Number of parts.
    public int parts() {
        return low.length;
    }

    /// Number of groups.
    public int groups() {
        return low.length == 0 ? 0 : low[0].length - 1;
    }

    /// The compared pairs.
    public PairTable table() {
        return table;
    }

    /// Wins of the lower candidates `[pair]` in one part and group; not to be changed.
    double[] low(int part, int group) {
        return low[part][group + 1];
    }

    /// Wins of the higher candidates `[pair]` in one part and group; not to be changed.
    double[] high(int part, int group) {
        return high[part][group + 1];
    }

    /// Counts of one group in some parts, by item.
    public WinCounts[] group(IntPredicate parts, int group) {
        return sum(parts, g -> g == group);
    }

    /// Counts of everybody in some parts, judgments without a group included, by item.
    public WinCounts[] everybody(IntPredicate parts) {
        return sum(parts, g -> true);
    }

    /// The population, and groups shrunk to it, fitted to some parts.
    ///
    /// @param ridge of the population's utilities
    /// @param shrinkage λ_d of the groups; infinity makes every group the population
    public StrengthsModel fit(IntPredicate parts, double ridge, double shrinkage) {
        Strengths[] population = ModelSpec.population(everybody(parts), ridge, Parallel.SEQUENTIAL);
        WinCounts[][] counts = new WinCounts[groups()][];
        Arrays.setAll(counts, group -> group(parts, group));
        return new StrengthsModel(population, ModelSpec.shrunk(population, counts, shrinkage, Parallel.SEQUENTIAL));
    }

    private WinCounts[] sum(IntPredicate parts, IntPredicate groups) {
        double[] lowWins = new double[table.size()];
        double[] highWins = new double[table.size()];
        for (int part = 0; part < low.length; part++) {
            for (int group = Pairs.NO_GROUP; parts.test(part) && group < groups(); group++) {
                if (groups.test(group)) {
                    add(low(part, group), lowWins);
                    add(high(part, group), highWins);
                }
            }
        }
        WinCounts[] counts = new WinCounts[table.items()];
        Arrays.setAll(counts, item -> WinCounts.compact(table, item, lowWins, highWins));
        return counts;
    }

    private static void add(double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }
}
