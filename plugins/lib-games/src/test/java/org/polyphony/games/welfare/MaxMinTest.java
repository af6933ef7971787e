package org.polyphony.games.welfare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.polyphony.games.welfare.NashBargainingTest.logs;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.RandomGames;

class MaxMinTest {

    @ParameterizedTest
    @CsvSource({"0", "0.003", "0.1", "2"})
    void solve_gamesOfEveryKind_boundMeetsWhatIsAttained(double tau) {
        var random = new SplittableRandom(5);
        for (var kind : RandomGames.values()) {
            for (int n = 0; n < 100; n++) {
                int stakeholders = 1 + random.nextInt(5);
                int k = 1 + random.nextInt(9);
                double[] p = RandomGames.stakeholders(kind, random, stakeholders, k);
                double[] mu = random.doubles(k, 0.05, 1).toArray();
                double sum = Arrays.stream(mu).sum();
                Arrays.setAll(mu, i -> mu[i] / sum);

                var solved = new MaxMin(tau).solve(p, stakeholders, k, logs(mu));

                double[] omega = new double[stakeholders];
                for (int s = 0; s < stakeholders; s++) {
                    for (int j = 0; j < k; j++) {
                        omega[s] += solved.duals()[s * k + j];
                    }
                }
                double attained = attained(p, stakeholders, k, mu, solved.policy(), tau);
                double bound = bound(p, stakeholders, k, mu, omega, tau);
                assertThat(bound - attained).as("%s %d", kind, n).isBetween(-1e-13, 1e-9);
                assertThat(solved.gap()).isCloseTo(bound - attained, within(1e-11));
                assertThat(solved.converged()).isTrue();
            }
        }
    }

    @Test
    void solve_opposites_meetInTheMiddle() {
        double[] p = {0.5, 1, 0, 0.5, 0.5, 0, 1, 0.5};

        var solved = new MaxMin(0.1).solve(p, 2, 2, new double[2]);

        assertThat(solved.policy()).containsExactly(new double[] {0.5, 0.5}, within(1e-12));
        assertThat(solved.values()).containsExactly(new double[] {0, 0}, within(1e-12));
    }

    @Test
    void solve_oneStakeholder_isItsTiltOfTheReference() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(2), 4);
        double[] mu = {0.1, 0.2, 0.3, 0.4};

        var solved = new MaxMin(0.2).solve(p, 1, 4, logs(mu));

        var expected = new double[4];
        for (int i = 0; i < 4; i++) {
            double margin = 0;
            for (int j = 0; j < 4; j++) {
                margin += (p[i * 4 + j] - 0.5) * mu[j];
            }
            expected[i] = mu[i] * Math.exp(margin / 0.2);
        }
        double sum = Arrays.stream(expected).sum();
        Arrays.setAll(expected, i -> expected[i] / sum);
        assertThat(solved.policy()).containsExactly(expected, within(1e-14));
    }

    @Test
    void solve_masked_isZeroElsewhere() {
        double[] p = RandomGames.stakeholders(RandomGames.DENSE, new SplittableRandom(1), 2, 4);

        var solved =
                new MaxMin(0).solve(p, 2, AllowedCandidates.of(new boolean[] {true, false, true, true}), new double[4]);

        assertThat(solved.policy()[1]).isZero();
        assertThat(solved.duals()[5]).isZero();
    }

    @Test
    void of_negativeTau_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MaxMin(-1)).withMessageContaining("-1.0");
    }

    private static double margin(double[] p, int s, int k, double[] mu, int i) {
        double sum = 0;
        for (int j = 0; j < k; j++) {
            sum += (p[(s * k + i) * k + j] - 0.5) * mu[j];
        }
        return sum;
    }

    private static double attained(double[] p, int stakeholders, int k, double[] mu, double[] policy, double tau) {
        double smallest = Double.POSITIVE_INFINITY;
        double divergence = 0;
        for (int i = 0; i < k; i++) {
            divergence += policy[i] > 0 ? policy[i] * Math.log(policy[i] / mu[i]) : 0;
        }
        for (int s = 0; s < stakeholders; s++) {
            double utility = 0;
            for (int i = 0; i < k; i++) {
                utility += policy[i] * margin(p, s, k, mu, i);
            }
            smallest = Math.min(smallest, utility);
        }
        return smallest - tau * divergence;
    }

    private static double bound(double[] p, int stakeholders, int k, double[] mu, double[] omega, double tau) {
        var mixed = new double[k];
        for (int i = 0; i < k; i++) {
            for (int s = 0; s < stakeholders; s++) {
                mixed[i] += omega[s] * margin(p, s, k, mu, i);
            }
        }
        double largest = Arrays.stream(mixed).max().orElseThrow();
        if (tau == 0) {
            return largest;
        }
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += mu[i] * Math.exp((mixed[i] - largest) / tau);
        }
        return largest + tau * Math.log(sum);
    }
}
