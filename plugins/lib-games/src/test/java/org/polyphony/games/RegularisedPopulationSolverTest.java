package org.polyphony.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.polyphony.games.ReferenceNumbers.flat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RegularisedPopulationSolverTest {

    static Stream<JsonNode> games() {
        return ReferenceNumbers.read("stakeholder_games.json");
    }

    @ParameterizedTest
    @MethodSource("games")
    void solve_referenceGame_isTheReferencePolicy(JsonNode game) {
        int k = game.get("K").asInt();
        double[] p = flat(game.get("mixture_P"));
        double[] logReference =
                Arrays.stream(flat(game.get("mu"))).map(Math::log).toArray();
        assertThat(game.get("F1_regularised").size()).isEqualTo(3);
        game.get("F1_regularised").properties().forEach(row -> {
            double tau = Double.parseDouble(row.getKey());

            var solved = new RegularisedPopulationSolver(tau).solve(p, k, logReference);

            assertThat(solved.policy()).containsExactly(flat(row.getValue().get("pi")), within(1e-9));
            assertThat(solved.gap()).isBetween(0.0, 1e-12);
            assertThat(closedFormGap(p, k, solved.policy(), tau)).isBetween(-1e-12, 1e-12);
            assertThat(RandomGames.gap(p, k, solved.policy()))
                    .isCloseTo(row.getValue().get("unregularised_gap").asDouble(), within(1e-9));
        });
    }

    // 2 (τ LSE(log μ + P π / τ) + τ KL(π ‖ μ) − 1/2) for a uniform reference
    private static double closedFormGap(double[] p, int k, double[] policy, double tau) {
        double partition = 0;
        double divergence = 0;
        for (int i = 0; i < k; i++) {
            double win = 0;
            for (int j = 0; j < k; j++) {
                win += p[i * k + j] * policy[j];
            }
            partition += Math.exp((win - 0.5) / tau) / k;
            divergence += policy[i] > 0 ? policy[i] * Math.log(policy[i] * k) : 0;
        }
        return 2 * tau * (Math.log(partition) + divergence);
    }

    @ParameterizedTest
    @EnumSource(RandomGames.class)
    void solve_everyKindOfGameAndTemperature_convergesToAFixedPoint(RandomGames kind) {
        var random = new SplittableRandom(21);
        for (double tau : new double[] {10, 1, 0.1, 0.03, 0.01, 0.001, 0.0001}) {
            for (int n = 0; n < 40; n++) {
                int k = 1 + random.nextInt(12);
                double[] p = kind.next(random, k);
                double[] logReference = random.doubles(k, -3, 0).toArray();

                var solved = new RegularisedPopulationSolver(tau).solve(p, k, logReference);

                assertThat(solved.gap()).as("game %d, tau %s", n, tau).isBetween(0.0, 1e-12);
                assertThat(solved.converged()).isTrue();
                assertThat(Arrays.stream(solved.policy()).sum()).isCloseTo(1, within(1e-12));
            }
        }
    }

    @Test
    void solve_smallTau_approachesTheExactEquilibrium() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(4), 9);

        double[] policy =
                new RegularisedPopulationSolver(1e-5).solve(p, 9, new double[9]).policy();

        assertThat(policy).containsExactly(new PopulationSolver().solve(p, 9).policy(), within(1e-2));
        assertThat(RandomGames.gap(p, 9, policy)).isBetween(0.0, 1e-3);
    }

    @Test
    void solve_masked_conditionsTheReferenceAndGivesTheRestExactlyZero() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(4), 3);
        var allowed = AllowedCandidates.of(new boolean[] {true, false, true});

        double[] policy = new RegularisedPopulationSolver(1e6)
                .solve(p, allowed, new double[] {Math.log(0.1), Math.log(0.6), Math.log(0.3)})
                .policy();

        assertThat(policy[1]).isZero();
        assertThat(policy[0]).isCloseTo(0.25, within(1e-5));
    }

    @Test
    void solve_referenceRulesACandidateOut_saysToMaskIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegularisedPopulationSolver(1)
                        .solve(new double[] {0.5, 0.5, 0.5, 0.5}, 2, new double[] {0, Double.NEGATIVE_INFINITY}))
                .withMessageContaining("candidate 1")
                .withMessageContaining("mask");
    }
}
