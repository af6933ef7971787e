package org.polyphony.preferences.model;

import org.polyphony.preferences.PairTable;
import org.polyphony.preferences.Pairs;

/// Weighted wins, losses and ties of the pairs of one item, all compared pairs of the table in its order.
///
/// @param low lower candidate of each pair
/// @param high higher candidate of each pair
/// @param lowWins weight of the judgments for the lower one
/// @param highWins weight of the judgments for the higher one
/// @param ties weight of the judgments that call them equal
record TieCounts(int candidates, int[] low, int[] high, double[] lowWins, double[] highWins, double[] ties) {
    static TieCounts[] of(Pairs pairs) {
        PairTable table = pairs.table();
        TieCounts[] counts = new TieCounts[table.items()];
        for (int item = 0; item < counts.length; item++) {
            int size = table.start(item + 1) - table.start(item);
            int[] low = new int[size];
            int[] high = new int[size];
            for (int e = 0; e < size; e++) {
                low[e] = table.low(table.start(item) + e);
                high[e] = table.high(table.start(item) + e);
            }
            counts[item] = new TieCounts(
                    table.candidates(item), low, high, new double[size], new double[size], new double[size]);
        }
        for (int row = 0; row < pairs.size(); row++) {
            int item = pairs.item(row);
            int e = pairs.pair(row) - table.start(item);
            boolean inOrder = pairs.first(row) < pairs.second(row);
            double[] column = !pairs.decided(row)
                    ? counts[item].ties
                    : (pairs.outcome(row) == 1) == inOrder ? counts[item].lowWins : counts[item].highWins;
            column[e] += pairs.weight(row);
        }
        return counts;
    }

    int size() {
        return low.length;
    }

    /// Share of ties in the weight of all judgments; zero without any.
    double tieRate() {
        double tied = 0;
        double all = 0;
        for (int e = 0; e < low.length; e++) {
            tied += ties[e];
            all += lowWins[e] + highWins[e] + ties[e];
        }
        return all == 0 ? 0 : tied / all;
    }
}
