package org.polyphony.preferences.score;

import java.util.List;
import java.util.function.Function;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.BradleyTerry;
import org.polyphony.preferences.model.WinCounts;

/// How often each candidate wins when the judges are drawn again: what a named winner is worth.
public final class WinnerBootstrap {
    private WinnerBootstrap() {}

    /// Share of draws in which each candidate wins, `[item][candidate]`.
    ///
    /// @param winners the winner of every item of reweighted judgments; called from several threads at once
    public static double[][] shares(
            Pairs pairs, int draws, long seed, Function<Pairs, int[]> winners, Parallel parallel) {
        JudgeBootstrap bootstrap = JudgeBootstrap.of(pairs, row -> true, draws, seed);
        List<int[]> drawn = parallel.map(draws, draw -> winners.apply(pairs.reweighted(bootstrap.weights(draw))));
        double[][] shares = new double[pairs.items()][];
        for (int item = 0; item < shares.length; item++) {
            shares[item] = new double[pairs.candidates(item)];
            for (int[] winner : drawn) {
                shares[item][winner[item]] += 1.0 / draws;
            }
        }
        return shares;
    }

    /// The candidate of the largest population utility of every item, which is also its maximal lottery:
    /// Bradley-Terry knows no cycles.
    ///
    /// @param ridge λ > 0
    public static Function<Pairs, int[]> populationWinners(double ridge, Ties ties) {
        return pairs -> {
            WinCounts[] counts = WinCounts.of(pairs, ties);
            int[] winners = new int[counts.length];
            for (int item = 0; item < winners.length; item++) {
                double[] theta = BradleyTerry.fit(counts[item], ridge);
                for (int i = 1; i < theta.length; i++) {
                    winners[item] = theta[i] > theta[winners[item]] ? i : winners[item];
                }
            }
            return winners;
        };
    }
}
