package org.polyphony.spi.testkit.fake;

import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.Game;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.support.Answer;
import org.polyphony.support.GameByGame;
import org.polyphony.support.Simplex;

/// Solves the population game by predictive regret matching⁺ in self-play with quadratic averaging
/// (Farina, Kroer, Sandholm 2021), to a duality gap of 1e-5. Slow and short.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "regret-matching",
        formulations = Formulation.POPULATION,
        summary = "Solves the population game by regret matching, slowly.")
public final class RegretMatchingAlgorithm extends GameByGame {

    private static final double GAP = 1e-5;
    private static final int STEPS = 200_000;

    /// Made by the engine.
    public RegretMatchingAlgorithm() {}

    @Override
    protected Answer solve(Game game, String formulation, PluginContext context) {
        int[] allowed = game.allowed();
        return Answer.of(solve(margins(game, allowed), allowed, game));
    }

    private static double[] solve(double[][] margins, int[] allowed, Game game) {
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
            if (step % 50 == 0 && 2 * largest(times(margins, Simplex.normalised(sum))) < GAP) {
                break;
            }
        }
        var average = Simplex.normalised(sum);
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
        return Simplex.normalised(strategy);
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

    private static double[][] margins(Game game, int[] allowed) {
        var margins = new double[allowed.length][allowed.length];
        for (int i = 0; i < allowed.length; i++) {
            for (int j = 0; j < allowed.length; j++) {
                for (int s = 0; s < game.stakeholders(); s++) {
                    margins[i][j] += game.weight(s) * (game.preference(s, allowed[i], allowed[j]) - 0.5);
                }
            }
        }
        return margins;
    }
}
