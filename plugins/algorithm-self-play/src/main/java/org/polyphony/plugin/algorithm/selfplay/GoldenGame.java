package org.polyphony.plugin.algorithm.selfplay;

import java.util.List;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.tensor.Tensor;

/// The golden call: a game of three candidates with the reference policy (0.2, 0.5, 0.3), at τ = 0.1.
///
/// @param p preferences, shape (3, 3)
/// @param policy what must be answered
/// @param tolerance on each probability
record GoldenGame(double[] p, double[] policy, double tolerance) {

    private static final double[] CYCLE = {0.5, 0.1, 0.8, 0.9, 0.5, 0.1, 0.2, 0.9, 0.5};

    /// The 3-cycle of the COMAL paper, answered by its only equilibrium.
    static GoldenGame cycle(double tolerance) {
        return new GoldenGame(CYCLE, new double[] {4 / 11.0, 3 / 11.0, 4 / 11.0}, tolerance);
    }

    /// The same, answered by its equilibrium at τ = 0.1.
    static GoldenGame regularisedCycle(double tolerance) {
        return new GoldenGame(
                CYCLE, new double[] {0.2749172052514886, 0.27972257678644197, 0.44536021796206937}, tolerance);
    }

    /// A game without a cycle, answered by the candidate that beats the others.
    static GoldenGame winner(double tolerance) {
        return new GoldenGame(
                new double[] {0.5, 0.7, 0.9, 0.3, 0.5, 0.8, 0.1, 0.2, 0.5}, new double[] {1, 0, 0}, tolerance);
    }

    /// @throws IllegalStateException naming the first number that is wrong
    void check(AlignmentAlgorithm algorithm, PluginContext context) {
        var bucket = GameBucket.of(Tensor.ofInts(new int[] {0}, 1), Tensor.ofDoubles(p.clone(), 1, 1, 3, 3))
                .withReference(Tensor.ofDoubles(new double[] {Math.log(0.2), Math.log(0.5), Math.log(0.3)}, 1, 3));
        var games = PreferenceGames.of(List.of("all"), Tensor.ofDoubles(new double[] {1}, 1), List.of(bucket));
        var solved = algorithm
                .align(AlignmentRequest.of(games, Formulation.POPULATION).withTau(0.1), context)
                .buckets()
                .getFirst();
        for (int i = 0; i < policy.length; i++) {
            double found = Math.exp(solved.logPolicy().getDouble(i));
            if (!(Math.abs(found - policy[i]) <= tolerance)) {
                throw new IllegalStateException(
                        "probability " + i + " is " + found + ", must be " + policy[i] + " to " + tolerance);
            }
        }
    }
}
