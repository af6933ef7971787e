package org.polyphony.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsensusRegretMatchingTest {

    @ParameterizedTest
    @EnumSource(RandomGames.class)
    void solve_gamesOfEveryKind_agreesWithTheLinearProgramme(RandomGames kind) {
        var random = new SplittableRandom(3);
        var exact = new ConsensusSolver();
        for (int n = 0; n < 40; n++) {
            int stakeholders = 1 + random.nextInt(4);
            int k = 1 + random.nextInt(9);
            double[] p = RandomGames.stakeholders(kind, random, stakeholders, k);

            var solved = new ConsensusRegretMatching(1e-4, 20_000).solve(p, stakeholders, k);

            double best = exact.solve(p, stakeholders, k).largestGain();
            assertThat(solved.converged()).isTrue();
            assertThat(solved.gap()).isBetween(-1e-15, 1e-4);
            assertThat(solved.largestGain()).isBetween(best - 1e-12, best + solved.gap() + 1e-12);
            assertThat(bound(p, stakeholders, k, solved.duals())).isBetween(best - solved.gap() - 1e-12, best + 1e-12);
            assertThat(Arrays.stream(solved.duals()).sum()).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void solve_tooFewUpdates_saysItDidNotConverge() {
        double[] p = RandomGames.stakeholders(RandomGames.DENSE, new SplittableRandom(1), 3, 8);

        var solved = new ConsensusRegretMatching(1e-6, 3).solve(p, 3, 8);

        assertThat(solved.converged()).isFalse();
        assertThat(solved.gap()).isGreaterThan(1e-6);
    }

    @Test
    void solve_masked_policyAndDualsAreZeroElsewhere() {
        double[] p = RandomGames.stakeholders(RandomGames.DENSE, new SplittableRandom(1), 2, 4);

        var solved = new ConsensusRegretMatching(1e-4, 20_000)
                .solve(p, 2, AllowedCandidates.of(new boolean[] {true, false, true, true}));

        assertThat(solved.policy()[1]).isZero();
        assertThat(solved.duals()[1]).isZero();
        assertThat(solved.duals()[5]).isZero();
    }

    @Test
    void of_noTolerance_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ConsensusRegretMatching(0, 1));
    }

    private static double bound(double[] p, int stakeholders, int k, double[] duals) {
        var columns = new double[k];
        for (int row = 0; row < stakeholders * k; row++) {
            for (int j = 0; j < k; j++) {
                columns[j] += duals[row] * (p[row * k + j] - 0.5);
            }
        }
        return Arrays.stream(columns).min().orElseThrow();
    }
}
