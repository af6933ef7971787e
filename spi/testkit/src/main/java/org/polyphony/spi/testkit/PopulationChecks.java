package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.polyphony.spi.alignment.Game;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.Solution;

/// What makes a policy the answer of its game.
final class PopulationChecks {

    private PopulationChecks() {}

    /// Every game's policy is the equilibrium of the weighted mixture: no candidate gains against it where
    /// τ = 0; where τ > 0 it answers itself, π ∝ μ·exp(Pπ/τ).
    static void assertEquilibrium(PreferenceGames games, PolicySolution solution, double tolerance) {
        for (int n = 0; n < games.count(); n++) {
            var game = games.game(n);
            var answer = solution.solution(n);
            if (answer.refused() || !answer.converged()) {
                continue;
            }
            var gains = PolicyChecks.populationGains(game, answer.policy());
            if (answer.tau() == 0) {
                double gain = PolicyChecks.largest(game, gains);
                assertThat(gain)
                        .as("game %s: a candidate gains %s against the policy", n, gain)
                        .isLessThanOrEqualTo(tolerance);
            } else {
                assertAnswersItself(game, n, gains, answer, tolerance);
            }
        }
    }

    /// The largest gain of any stakeholder is not above what the uniform policy leaves.
    static void assertGainsAtMostUniform(PreferenceGames games, PolicySolution solution, double tolerance) {
        for (int n = 0; n < games.count(); n++) {
            var game = games.game(n);
            var everyone = new double[game.candidates()];
            Arrays.fill(everyone, 1.0 / everyone.length);
            double gain = largestOfAnyone(game, solution.solution(n).policy());
            double uniform = largestOfAnyone(game, everyone);
            assertThat(gain)
                    .as("game %s: largest gain %s, of the uniform policy %s", n, gain, uniform)
                    .isLessThanOrEqualTo(uniform + tolerance);
        }
    }

    private static void assertAnswersItself(Game game, int n, double[] gains, Solution answer, double tolerance) {
        int k = gains.length;
        var policy = answer.policy();
        var response = new double[k];
        double sum = 0;
        for (int i : game.allowed()) {
            response[i] = Math.exp(game.logReference(i) + gains[i] / answer.tau());
            sum += response[i];
        }
        for (int i = 0; i < k; i++) {
            assertThat(Math.abs(policy[i] - response[i] / sum))
                    .as(
                            "game %s at tau %s: candidate %s has %s, the best response gives it %s",
                            n, answer.tau(), i, policy[i], response[i] / sum)
                    .isLessThanOrEqualTo(10 * tolerance);
        }
    }

    private static double largestOfAnyone(Game game, double[] policy) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int seat = 0; seat < game.stakeholders(); seat++) {
            largest = Math.max(largest, PolicyChecks.largest(game, PolicyChecks.gains(game, seat, policy)));
        }
        return largest;
    }
}
