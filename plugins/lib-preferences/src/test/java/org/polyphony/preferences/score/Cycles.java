package org.polyphony.preferences.score;

import java.util.SplittableRandom;
import org.polyphony.preferences.KeyedRandom;
import org.polyphony.preferences.PairTable;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.model.PreferenceModel;

/// How circular majorities are, counted over triads of candidates whose three pairs all have a majority.
///
/// Noise alone makes cycles, so the count means something only beside its value in data simulated from a
/// model without any.
///
/// @param cyclic triads whose majorities go round in a circle
/// @param triads triads whose three pairs all have a majority
/// @param condorcetItems items where one candidate has a majority against every other
public record Cycles(long cyclic, long triads, int condorcetItems) {
    private static final String STAGE = "simulated-outcomes";

    /// Share of triads that are cyclic; zero without triads.
    public double share() {
        return triads == 0 ? 0 : (double) cyclic / triads;
    }

    /// Counts over the decided rows: a pair's winner has more weight of decided wins, and pairs with equal
    /// wins have none.
    public static Cycles of(Pairs pairs) {
        PairTable table = pairs.table();
        double[] lead = new double[table.size()];
        for (int row = 0; row < pairs.size(); row++) {
            boolean inOrder = pairs.first(row) < pairs.second(row);
            double forFirst = 2 * pairs.outcome(row) - 1;
            lead[pairs.pair(row)] += pairs.weight(row) * (inOrder ? forFirst : -forFirst);
        }
        long cyclic = 0;
        long triads = 0;
        int condorcet = 0;
        for (int item = 0; item < table.items(); item++) {
            int k = table.candidates(item);
            byte[][] beats = new byte[k][k];
            int[] victories = new int[k];
            for (int pair = table.start(item); pair < table.start(item + 1); pair++) {
                int sign = (int) Math.signum(lead[pair]);
                beats[table.low(pair)][table.high(pair)] = (byte) sign;
                beats[table.high(pair)][table.low(pair)] = (byte) -sign;
                victories[table.low(pair)] += sign > 0 ? 1 : 0;
                victories[table.high(pair)] += sign < 0 ? 1 : 0;
            }
            for (int i = 0; i < k; i++) {
                condorcet += k > 1 && victories[i] == k - 1 ? 1 : 0;
                for (int j = i + 1; j < k; j++) {
                    for (int l = j + 1; beats[i][j] != 0 && l < k; l++) {
                        if (beats[j][l] != 0 && beats[l][i] != 0) {
                            triads++;
                            cyclic += beats[i][j] == beats[j][l] && beats[j][l] == beats[l][i] ? 1 : 0;
                        }
                    }
                }
            }
        }
        return new Cycles(cyclic, triads, condorcet);
    }

    /// Cyclic share of each of `draws` data sets simulated from a model on the same judges and pairs.
    public static double[] simulatedShares(
            Pairs pairs, PreferenceModel model, int draws, long seed, Parallel parallel) {
        double[] shares = new double[draws];
        parallel.forEach(
                draws,
                draw -> shares[draw] = of(redraw(pairs, model, seed, draw)).share());
        return shares;
    }

    /// The same judges and pairs with decided outcomes drawn anew from a model; ties stay ties.
    public static Pairs redraw(Pairs pairs, PreferenceModel model, long seed, long draw) {
        SplittableRandom random = KeyedRandom.of(seed, STAGE, draw);
        double[] outcome = new double[pairs.size()];
        for (int row = 0; row < outcome.length; row++) {
            double p = model.probability(pairs.item(row), pairs.group(row), pairs.first(row), pairs.second(row));
            outcome[row] = pairs.decided(row) ? random.nextDouble() < p ? 1 : 0 : 0.5;
        }
        return pairs.withOutcomes(outcome);
    }
}
