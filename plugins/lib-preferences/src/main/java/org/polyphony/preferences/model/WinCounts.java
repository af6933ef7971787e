package org.polyphony.preferences.model;

import java.util.function.IntPredicate;
import org.polyphony.preferences.PairTable;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Ties;

/// Weighted wins of the compared pairs of one item: all that a preference model needs of its judgments.
/// Immutable.
///
/// Entry e says: candidate `low(e)` beat `high(e)` with weight `lowWins(e)`, and lost with `highWins(e)`. A
/// tie counted as half adds half its weight to both, so the two add up to the weight of the pair's judgments.
public final class WinCounts {
    private final int candidates;
    private final int[] low;
    private final int[] high;
    private final double[] lowWins;
    private final double[] highWins;

    private WinCounts(int candidates, int[] low, int[] high, double[] lowWins, double[] highWins) {
        this.candidates = candidates;
        this.low = low;
        this.high = high;
        this.lowWins = lowWins;
        this.highWins = highWins;
    }

    /// Counts of every item over the rows that satisfy a condition on the row index.
    public static WinCounts[] of(Pairs pairs, Ties ties, IntPredicate rows) {
        PairTable table = pairs.table();
        double[] lowWins = new double[table.size()];
        double[] highWins = new double[table.size()];
        for (int row = 0; row < pairs.size(); row++) {
            if (rows.test(row)) {
                add(pairs, row, ties, lowWins, highWins);
            }
        }
        WinCounts[] counts = new WinCounts[table.items()];
        for (int item = 0; item < counts.length; item++) {
            counts[item] = compact(table, item, lowWins, highWins);
        }
        return counts;
    }

    /// Counts of every item over all rows.
    public static WinCounts[] of(Pairs pairs, Ties ties) {
        return of(pairs, ties, row -> true);
    }

    /// Counts `[group][item]` over the rows of each group.
    public static WinCounts[][] byGroup(Pairs pairs, Ties ties) {
        PairTable table = pairs.table();
        double[][] lowWins = new double[pairs.groups()][table.size()];
        double[][] highWins = new double[pairs.groups()][table.size()];
        for (int row = 0; row < pairs.size(); row++) {
            int group = pairs.group(row);
            if (group != Pairs.NO_GROUP) {
                add(pairs, row, ties, lowWins[group], highWins[group]);
            }
        }
        WinCounts[][] counts = new WinCounts[pairs.groups()][table.items()];
        for (int group = 0; group < counts.length; group++) {
            for (int item = 0; item < table.items(); item++) {
                counts[group][item] = compact(table, item, lowWins[group], highWins[group]);
            }
        }
        return counts;
    }

    /// Adds one row to wins indexed by the pair numbers of the table.
    public static void add(Pairs pairs, int row, Ties ties, double[] lowWins, double[] highWins) {
        add(pairs, row, ties, lowWins, highWins, 0);
    }

    private static void add(Pairs pairs, int row, Ties ties, double[] lowWins, double[] highWins, int from) {
        double y = pairs.outcome(row);
        if (y == 0.5 && ties == Ties.DROP) {
            return;
        }
        double forLow = pairs.first(row) < pairs.second(row) ? y : 1 - y;
        double weight = pairs.weight(row);
        lowWins[pairs.pair(row) - from] += weight * forLow;
        highWins[pairs.pair(row) - from] += weight * (1 - forLow);
    }

    /// One item's counts out of wins indexed by the pair numbers of the table; pairs without weight are left
    /// out.
    public static WinCounts compact(PairTable table, int item, double[] lowWins, double[] highWins) {
        return compact(table, item, lowWins, highWins, 0);
    }

    /// One item's counts over rows of it that satisfy a condition.
    ///
    /// @param rows indices of rows of this item
    public static WinCounts ofItem(Pairs pairs, int item, int[] rows, Ties ties, IntPredicate condition) {
        PairTable table = pairs.table();
        int from = table.start(item);
        double[] lowWins = new double[table.start(item + 1) - from];
        double[] highWins = new double[lowWins.length];
        for (int row : rows) {
            if (condition.test(row)) {
                add(pairs, row, ties, lowWins, highWins, from);
            }
        }
        return compact(table, item, lowWins, highWins, from);
    }

    // the wins of pair `shift` come first
    private static WinCounts compact(PairTable table, int item, double[] lowWins, double[] highWins, int shift) {
        int from = table.start(item);
        int to = table.start(item + 1);
        int size = 0;
        for (int pair = from; pair < to; pair++) {
            if (lowWins[pair - shift] + highWins[pair - shift] > 0) {
                size++;
            }
        }
        int[] low = new int[size];
        int[] high = new int[size];
        double[] lows = new double[size];
        double[] highs = new double[size];
        int entry = 0;
        for (int pair = from; pair < to; pair++) {
            if (lowWins[pair - shift] + highWins[pair - shift] > 0) {
                low[entry] = table.low(pair);
                high[entry] = table.high(pair);
                lows[entry] = lowWins[pair - shift];
                highs[entry] = highWins[pair - shift];
                entry++;
            }
        }
        return new WinCounts(table.candidates(item), low, high, lows, highs);
    }

    /// Number of candidates of the item.
    public int candidates() {
        return candidates;
    }

    /// Number of compared pairs.
    public int size() {
        return low.length;
    }

    /// Lower candidate index of an entry.
    public int low(int entry) {
        return low[entry];
    }

    /// Higher candidate index of an entry.
    public int high(int entry) {
        return high[entry];
    }

    /// Weight of the judgments that preferred the lower candidate.
    public double lowWins(int entry) {
        return lowWins[entry];
    }

    /// Weight of the judgments that preferred the higher candidate.
    public double highWins(int entry) {
        return highWins[entry];
    }

    /// Log-likelihood in nats when the candidates have these utilities: Σ wins · ln σ(θ difference).
    public double logLikelihood(double[] theta) {
        double sum = 0;
        for (int e = 0; e < low.length; e++) {
            double d = theta[low[e]] - theta[high[e]];
            sum += lowWins[e] * Logistic.logSigmoid(d) + highWins[e] * Logistic.logSigmoid(-d);
        }
        return sum;
    }

    /// Weight of the judgments of every ordered pair [K, K], symmetric, zero on the diagonal.
    public double[] comparisons() {
        double[] n = new double[candidates * candidates];
        for (int e = 0; e < low.length; e++) {
            double weight = lowWins[e] + highWins[e];
            n[low[e] * candidates + high[e]] = weight;
            n[high[e] * candidates + low[e]] = weight;
        }
        return n;
    }
}
