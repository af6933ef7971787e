package org.polyphony.games.welfare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.polyphony.games.welfare.NashBargainingTest.logs;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.RandomGames;

class GroupRobustTest {

    private static final double TAU = 0.1;
    private final GroupRobust solver = new GroupRobust(TAU);

    @ParameterizedTest
    @EnumSource(RandomGames.class)
    void solve_gamesOfEveryKind_noOtherPolicyHasASmallerLargestLoss(RandomGames kind) {
        var random = new SplittableRandom(8);
        for (int n = 0; n < 100; n++) {
            int stakeholders = 1 + random.nextInt(5);
            int k = 1 + random.nextInt(8);
            double[] p = RandomGames.stakeholders(kind, random, stakeholders, k);
            double[] mu = random.doubles(k, 0.05, 1).toArray();
            double sum = Arrays.stream(mu).sum();
            Arrays.setAll(mu, i -> mu[i] / sum);

            var solved = solver.solve(p, stakeholders, k, logs(mu));

            assertThat(solved.converged()).isTrue();
            double[] losses = losses(p, stakeholders, k, mu, solved.policy());
            assertThat(solved.values()).containsExactly(losses, within(1e-12));
            double worst = Arrays.stream(losses).max().orElseThrow();
            for (int m = 0; m < 10; m++) {
                double[] other = solved.policy().clone();
                Arrays.setAll(other, i -> other[i] * Math.exp(0.1 * random.nextDouble(-1, 1)));
                assertThat(Arrays.stream(losses(p, stakeholders, k, mu, other))
                                .max()
                                .orElseThrow())
                        .isGreaterThanOrEqualTo(worst - 1e-9);
            }
        }
    }

    /// The paper's update reaches the same value.
    @Test
    void byExponentiatedGradient_manySteps_reachesTheSameLoss() {
        var random = new SplittableRandom(9);
        for (int n = 0; n < 20; n++) {
            double[] p = RandomGames.stakeholders(RandomGames.DENSE, random, 3, 6);

            var exact = solver.solve(p, 3, 6, new double[6]);
            var paper = solver.byExponentiatedGradient(p, 3, 6, new double[6], 0.5, 20_000);

            assertThat(paper.gap()).isBetween(-1e-13, 1e-4);
            assertThat(Arrays.stream(paper.values()).max().orElseThrow())
                    .isCloseTo(Arrays.stream(exact.values()).max().orElseThrow(), within(paper.gap() + 1e-12));
        }
    }

    @Test
    void solve_oneGroup_isItsTiltOfTheReference() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(2), 4);

        var robust = solver.solve(p, 1, 4, new double[4]);

        assertThat(robust.policy())
                .containsExactly(new MaxMin(TAU).solve(p, 1, 4, new double[4]).policy(), within(1e-14));
    }

    @Test
    void solve_masked_isZeroElsewhere() {
        double[] p = RandomGames.stakeholders(RandomGames.DENSE, new SplittableRandom(1), 2, 4);

        var solved = solver.solve(p, 2, AllowedCandidates.of(new boolean[] {true, false, true, true}), new double[4]);

        assertThat(solved.policy()[1]).isZero();
        assertThat(solved.duals()[5]).isZero();
    }

    // the loss from its definition, pair by pair
    private static double[] losses(double[] p, int stakeholders, int k, double[] mu, double[] policy) {
        var losses = new double[stakeholders];
        for (int s = 0; s < stakeholders; s++) {
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    double margin = Math.log(policy[i] / mu[i]) - Math.log(policy[j] / mu[j]);
                    double error = TAU * margin - (p[(s * k + i) * k + j] - 0.5);
                    losses[s] += mu[i] * mu[j] * error * error;
                }
            }
        }
        return losses;
    }
}
