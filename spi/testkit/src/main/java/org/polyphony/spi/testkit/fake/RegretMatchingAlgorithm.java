package org.polyphony.spi.testkit.fake;

import java.util.Set;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.tensor.Tensor;

/// Solves the population game by predictive regret matching⁺ in self-play with quadratic averaging
/// (Farina, Kroer, Sandholm 2021), to a duality gap of 1e-5. Slow and short.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "regret-matching",
        summary = "Solves the population game by regret matching, slowly.")
public final class RegretMatchingAlgorithm implements AlignmentAlgorithm {

    private static final double GAP = 1e-5;
    private static final int STEPS = 200_000;

    @Override
    public Set<String> formulations() {
        return Set.of(Formulation.POPULATION);
    }

    @Override
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        var weights = request.games().weights();
        return GameByGame.solve(
                request,
                formulations(),
                context,
                (game, n, allowed) -> solve(margins(game, n, allowed, weights), allowed, game));
    }

    private static double[] solve(double[][] margins, int[] allowed, GameBucket game) {
        int k = allowed.length;
        var regrets = new double[k];
        var prediction = new double[k];
        var sum = new double[k];
        for (int step = 1; step <= STEPS; step++) {
            var strategy = positive(regrets, prediction);
            var gains = times(margins, strategy);
            for (int i = 0; i < k; i++) {
                // the value of a symmetric game against oneself is 0: the gain is the regret
                regrets[i] = Math.max(0, regrets[i] + gains[i]);
                prediction[i] = gains[i];
                sum[i] += (double) step * step * strategy[i];
            }
            if (step % 50 == 0 && 2 * largest(times(margins, normalised(sum))) < GAP) {
                break;
            }
        }
        var average = normalised(sum);
        var policy = new double[game.candidates()];
        for (int i = 0; i < k; i++) {
            policy[allowed[i]] = average[i];
        }
        return policy;
    }

    private static double[] positive(double[] regrets, double[] prediction) {
        var strategy = new double[regrets.length];
        for (int i = 0; i < strategy.length; i++) {
            strategy[i] = Math.max(0, regrets[i] + prediction[i]);
        }
        return normalised(strategy);
    }

    private static double[] normalised(double[] values) {
        double sum = java.util.Arrays.stream(values).sum();
        var result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = sum > 0 ? values[i] / sum : 1.0 / values.length;
        }
        return result;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        var product = new double[vector.length];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < product.length; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }

    private static double largest(double[] values) {
        return java.util.Arrays.stream(values).max().orElse(0);
    }

    private static double[][] margins(GameBucket game, int n, int[] allowed, Tensor weights) {
        var margins = new double[allowed.length][allowed.length];
        for (int i = 0; i < allowed.length; i++) {
            for (int j = 0; j < allowed.length; j++) {
                for (int s = 0; s < game.stakeholders(); s++) {
                    margins[i][j] += weights.getDouble(s) * (game.p().at(n, s, allowed[i], allowed[j]) - 0.5);
                }
            }
        }
        return margins;
    }
}
