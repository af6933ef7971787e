package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.tensor.Tensor;

/// What makes a policy the answer of its game.
final class PopulationChecks {

    private PopulationChecks() {}

    /// Every game's policy is the equilibrium of the weighted mixture: no candidate gains against it where
    /// τ = 0; where τ > 0 it answers itself, π ∝ μ·exp(Pπ/τ).
    static void assertEquilibrium(PreferenceGames games, int bucket, SolutionBucket answer, double tolerance) {
        var game = games.buckets().get(bucket);
        for (int n = 0; n < game.games(); n++) {
            if (answer.refused().getByte(n) == 1 || answer.converged().getByte(n) == 0) {
                continue;
            }
            var gains = PolicyChecks.populationGains(game, n, games.weights(), answer.logPolicy());
            double tau = answer.tau().getDouble(n);
            if (tau == 0) {
                double gain = PolicyChecks.largest(game, n, gains);
                assertThat(gain)
                        .as("bucket %s, game %s: a candidate gains %s against the policy", bucket, n, gain)
                        .isLessThanOrEqualTo(tolerance);
            } else {
                assertAnswersItself(game, n, gains, tau, answer.logPolicy(), tolerance);
            }
        }
    }

    /// The largest gain of any stakeholder is not above what the uniform policy leaves.
    static void assertGainsAtMostUniform(GameBucket game, SolutionBucket answer, double tolerance) {
        for (int n = 0; n < game.games(); n++) {
            double gain = largestOfAnyone(game, n, answer.logPolicy());
            double uniform = largestOfAnyone(game, n, uniform(game));
            assertThat(gain)
                    .as("game %s: largest gain %s, of the uniform policy %s", n, gain, uniform)
                    .isLessThanOrEqualTo(uniform + tolerance);
        }
    }

    private static void assertAnswersItself(
            GameBucket game, int n, double[] gains, double tau, Tensor logPolicy, double tolerance) {
        int k = gains.length;
        var response = new double[k];
        double sum = 0;
        for (int i = 0; i < k; i++) {
            boolean allowed = game.allowed().getByte((long) n * k + i) == 1;
            double reference =
                    game.reference().isPresent() ? game.reference().get().at(n, i) : 0;
            response[i] = allowed ? Math.exp(reference + gains[i] / tau) : 0;
            sum += response[i];
        }
        for (int i = 0; i < k; i++) {
            double probability = Math.exp(logPolicy.at(n, i));
            assertThat(Math.abs(probability - response[i] / sum))
                    .as(
                            "game %s at tau %s: candidate %s has %s, the best response gives it %s",
                            n, tau, i, probability, response[i] / sum)
                    .isLessThanOrEqualTo(10 * tolerance);
        }
    }

    private static double largestOfAnyone(GameBucket game, int n, Tensor logPolicy) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int seat = 0; seat < game.stakeholders(); seat++) {
            largest = Math.max(largest, PolicyChecks.largest(game, n, PolicyChecks.gains(game, n, seat, logPolicy)));
        }
        return largest;
    }

    private static Tensor uniform(GameBucket game) {
        var values = new double[game.games() * game.candidates()];
        Arrays.fill(values, -Math.log(game.candidates()));
        return Tensor.ofDoubles(values, game.games(), game.candidates());
    }
}
