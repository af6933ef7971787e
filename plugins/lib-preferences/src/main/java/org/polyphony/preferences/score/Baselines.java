package org.polyphony.preferences.score;

import org.polyphony.preferences.Pairs;

/// Trivial rules that every policy is shown beside; each names one candidate an item, the lowest index of
/// equals.
public final class Baselines {
    private Baselines() {}

    /// The candidate with the largest score sum per comparison; a win scores 1, a tie 1/2. Candidates
    /// nobody compared score 1/2.
    public static int[] borda(Pairs training) {
        CandidateScores scores = CandidateScores.of(training, row -> true);
        int[] winners = new int[training.items()];
        for (int item = 0; item < winners.length; item++) {
            double[] share = new double[training.candidates(item)];
            for (int i = 0; i < share.length; i++) {
                double n = scores.comparisons(item, i);
                share[i] = n == 0 ? 0.5 : scores.score(item, i) / n;
            }
            winners[item] = largest(share);
        }
        return winners;
    }

    /// The candidate that wins most pairs minus those it loses: Σ sign(W − Wᵀ), ties being half a win each.
    public static int[] copeland(Pairs training) {
        double[] lead = new double[training.table().size()];
        for (int row = 0; row < training.size(); row++) {
            boolean inOrder = training.first(row) < training.second(row);
            double forFirst = 2 * training.outcome(row) - 1;
            lead[training.pair(row)] += training.weight(row) * (inOrder ? forFirst : -forFirst);
        }
        int[] winners = new int[training.items()];
        for (int item = 0; item < winners.length; item++) {
            double[] net = new double[training.candidates(item)];
            for (int pair = training.table().start(item);
                    pair < training.table().start(item + 1);
                    pair++) {
                double sign = Math.signum(lead[pair]);
                net[training.table().low(pair)] += sign;
                net[training.table().high(pair)] -= sign;
            }
            winners[item] = largest(net);
        }
        return winners;
    }

    /// The candidate of the largest length, such as its number of whitespace-separated words.
    ///
    /// @param lengths `[item][candidate]`
    public static int[] longest(int[][] lengths) {
        int[] winners = new int[lengths.length];
        for (int item = 0; item < winners.length; item++) {
            double[] length = new double[lengths[item].length];
            for (int i = 0; i < length.length; i++) {
                length[i] = lengths[item][i];
            }
            winners[item] = largest(length);
        }
        return winners;
    }

    /// Policies that put everything on one candidate an item, `[item][candidate]`.
    public static double[][] deterministic(Pairs pairs, int[] winners) {
        double[][] policies = new double[pairs.items()][];
        for (int item = 0; item < policies.length; item++) {
            policies[item] = new double[pairs.candidates(item)];
            policies[item][winners[item]] = 1;
        }
        return policies;
    }

    /// Policies that treat all candidates alike, `[item][candidate]`.
    public static double[][] uniform(Pairs pairs) {
        double[][] policies = new double[pairs.items()][];
        for (int item = 0; item < policies.length; item++) {
            policies[item] = new double[pairs.candidates(item)];
            java.util.Arrays.fill(policies[item], 1.0 / policies[item].length);
        }
        return policies;
    }

    private static int largest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }
}
