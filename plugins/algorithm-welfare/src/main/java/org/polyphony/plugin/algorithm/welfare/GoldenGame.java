package org.polyphony.plugin.algorithm.welfare;

import java.util.List;
import java.util.OptionalDouble;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.tensor.Tensor;

/// The golden call: two stakeholders of equal weight, of whom one ranks 0 > 1 > 2 and the other 1 > 2 > 0.
/// They share candidates 0 and 1: evenly in unilateral gains, almost evenly in a bargain, and one to two
/// where the worst-off decides.
final class GoldenGame {

    private static final double[] P = {0.5, 1, 1, 0, 0.5, 1, 0, 0, 0.5, 0.5, 0, 0, 1, 0.5, 1, 1, 0, 0.5};

    private static final double TOLERANCE = 1e-6;

    private GoldenGame() {}

    /// @throws IllegalStateException naming the first number that is wrong
    static void check(AlignmentAlgorithm algorithm, PluginContext context) {
        require(algorithm, context, Formulation.LEXIMIN, OptionalDouble.empty(), 0.5, 0.5, 0);
        var tenth = OptionalDouble.of(0.1);
        require(algorithm, context, Formulation.BARGAINING, tenth, 0.48698630, 0.51301370, 0);
        // half of each stakeholder's tilt of the uniform policy: exp((0, 1/6, −1/6) / τ)
        double up = Math.exp(1 / 0.6);
        double sum = 1 + up + 1 / up;
        require(algorithm, context, Formulation.GROUP_ROBUST, tenth, 1 / sum, up / sum, 1 / (up * sum));
        if (context.settings(WelfareSettings.class).maxminTau() == 0) {
            require(algorithm, context, Formulation.MAXMIN, OptionalDouble.empty(), 1 / 3.0, 2 / 3.0, 0);
        }
    }

    private static void require(
            AlignmentAlgorithm algorithm,
            PluginContext context,
            String formulation,
            OptionalDouble tau,
            double... expected) {
        var games = PreferenceGames.of(
                List.of("one", "other"),
                Tensor.ofDoubles(new double[] {0.5, 0.5}, 2),
                List.of(GameBucket.of(Tensor.ofInts(new int[] {0}, 1), Tensor.ofDoubles(P.clone(), 1, 2, 3, 3))));
        var request = AlignmentRequest.of(games, formulation);
        var answer = algorithm
                .align(tau.isPresent() ? request.withTau(tau.getAsDouble()) : request, context)
                .buckets()
                .getFirst();
        for (int i = 0; i < expected.length; i++) {
            double found = Math.exp(answer.logPolicy().getDouble(i));
            if (!(Math.abs(found - expected[i]) <= TOLERANCE)) {
                throw new IllegalStateException(
                        formulation + ": probability " + i + " is " + found + ", must be " + expected[i]);
            }
        }
    }
}
