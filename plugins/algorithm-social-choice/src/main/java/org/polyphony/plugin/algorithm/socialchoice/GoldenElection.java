package org.polyphony.plugin.algorithm.socialchoice;

import java.util.List;
import java.util.Map;
import org.polyphony.games.voting.VotingRule;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.tensor.Tensor;

/// The golden call: of 15 voters, 7 rank 0 > 1 > 2, 5 rank 1 > 2 > 0 and 3 rank 2 > 0 > 1. Majorities form a
/// cycle, and every rule is known to answer it in its own way (pref_voting).
final class GoldenElection {

    private static final double TOLERANCE = 1e-9;

    private static final double[] SHARES = {7 / 15.0, 5 / 15.0, 3 / 15.0};

    private static final double[] P = {
        0.5, 1, 1, 0, 0.5, 1, 0, 0, 0.5, 0.5, 0, 0, 1, 0.5, 1, 1, 0, 0.5, 0.5, 1, 0, 0, 0.5, 0, 1, 1, 0.5
    };

    private static final Map<VotingRule, double[]> LOTTERIES = Map.of(
            VotingRule.BORDA, new double[] {0.5, 0.5, 0},
            VotingRule.COPELAND, new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0},
            VotingRule.PLURALITY, new double[] {1, 0, 0},
            VotingRule.MAXIMAL_LOTTERY, new double[] {9 / 15.0, 1 / 15.0, 5 / 15.0},
            VotingRule.MAXIMAL_LOTTERY_C1, new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0},
            VotingRule.RANDOM_DICTATOR, SHARES,
            VotingRule.SCHULZE, new double[] {1, 0, 0},
            VotingRule.IRV, new double[] {1, 0, 0});

    private GoldenElection() {}

    /// @throws IllegalStateException naming the first number that is wrong
    static void check(SocialChoiceAlgorithm algorithm, PluginContext context) {
        var games = PreferenceGames.of(
                List.of("seven", "five", "three"),
                Tensor.ofDoubles(SHARES.clone(), 3),
                List.of(GameBucket.of(Tensor.ofInts(new int[] {0}, 1), Tensor.ofDoubles(P.clone(), 1, 3, 3, 3))));
        for (var rule : VotingRule.values()) {
            double[] expected = LOTTERIES.getOrDefault(rule, SHARES);
            var policy = algorithm
                    .align(AlignmentRequest.of(games, rule.toString()), context)
                    .buckets()
                    .getFirst()
                    .logPolicy();
            for (int i = 0; i < 3; i++) {
                double found = Math.exp(policy.getDouble(i));
                if (!(Math.abs(found - expected[i]) <= TOLERANCE)) {
                    throw new IllegalStateException(
                            rule + ": probability " + i + " is " + found + ", must be " + expected[i]);
                }
            }
        }
    }
}
