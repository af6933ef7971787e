package org.polyphony.preferences.score;

import org.polyphony.preferences.Pairs;

/// How often the candidate shown first is preferred, whatever it is: over pairs that were shown in both orders, the
/// mean
/// of the share of first ones preferred in the one order and in the other, in which what the candidates are worth
/// cancels
/// out. 0.5 says that order did not matter. A tie is half of each.
public final class ShownFirst {

    private final Pairs pairs;

    private ShownFirst(Pairs pairs) {
        this.pairs = pairs;
    }

    /// The comparisons, whose first candidate is the one shown first.
    public static ShownFirst of(Pairs pairs) {
        return new ShownFirst(pairs);
    }

    /// Shares of first candidates preferred.
    ///
    /// @param within of the judges of each group
    /// @param everyone of all judges
    /// @param pairs how many pairs all judges together saw in both orders
    public record Shares(double[] within, double everyone, int pairs) {}

    /// The shares; NaN where no pair was shown in both orders. A pair counts as often as in its rarer order.
    ///
    /// @param weightOfJudge how often each judge counts
    public Shares shares(double[] weightOfJudge) {
        int groups = pairs.groups();
        int cells = pairs.table().size();
        // by group, everybody last: pairs × (won in order, shown in order, won in the other, shown in the other)
        double[][] sums = new double[groups + 1][4 * cells];
        for (int row = 0; row < pairs.size(); row++) {
            double weight = weightOfJudge[pairs.judge(row)] * pairs.weight(row);
            int at = 4 * pairs.pair(row) + (pairs.first(row) < pairs.second(row) ? 0 : 2);
            add(sums[groups], at, weight, pairs.outcome(row));
            if (pairs.group(row) != Pairs.NO_GROUP) {
                add(sums[pairs.group(row)], at, weight, pairs.outcome(row));
            }
        }
        double[] within = new double[groups];
        for (int g = 0; g < groups; g++) {
            within[g] = share(sums[g])[0];
        }
        double[] all = share(sums[groups]);
        return new Shares(within, all[0], (int) all[1]);
    }

    private static void add(double[] sums, int at, double weight, double outcome) {
        sums[at] += weight * outcome;
        sums[at + 1] += weight;
    }

    // the share, and over how many pairs
    private static double[] share(double[] sums) {
        double won = 0;
        double shown = 0;
        int both = 0;
        for (int at = 0; at < sums.length; at += 4) {
            double rarer = Math.min(sums[at + 1], sums[at + 3]);
            if (rarer > 0) {
                won += rarer * (sums[at] / sums[at + 1] + sums[at + 2] / sums[at + 3]) / 2;
                shown += rarer;
                both++;
            }
        }
        return new double[] {won / shown, both};
    }
}
