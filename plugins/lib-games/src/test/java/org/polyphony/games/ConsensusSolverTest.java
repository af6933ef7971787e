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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConsensusSolverTest {

    private final ConsensusSolver solver = new ConsensusSolver();

    static Stream<JsonNode> games() {
        return ReferenceNumbers.read("stakeholder_games.json");
    }

    @ParameterizedTest
    @MethodSource("games")
    void solve_referenceGame_isTheReferenceOptimum(JsonNode game) {
        double[] p = flat(game.get("P"));
        int stakeholders = game.get("S").asInt();
        int k = game.get("K").asInt();

        var solved = solver.solve(p, stakeholders, k);

        var expected = game.get("F5_minimax_unilateral_gain");
        assertThat(solved.largestGain()).isCloseTo(expected.get("eps_star").asDouble(), within(1e-9));
        assertThat(solved.policy()).containsExactly(flat(expected.get("pi")), within(1e-8));
        assertThat(solved.gains()).containsExactly(flat(expected.get("per_stakeholder_gain")), within(1e-9));
        assertCertified(p, stakeholders, k, solved);
    }

    @ParameterizedTest
    @EnumSource(RandomGames.class)
    void solve_gamesOfEveryKind_dualsProveTheOptimum(RandomGames kind) {
        var random = new SplittableRandom(8);
        for (int n = 0; n < 500; n++) {
            int stakeholders = 1 + random.nextInt(5);
            int k = 1 + random.nextInt(9);
            double[] p = RandomGames.stakeholders(kind, random, stakeholders, k);

            assertCertified(p, stakeholders, k, solver.solve(p, stakeholders, k));
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 35, 10", "16, 64, 2", "2, 120, 2", "64, 8, 5"})
    void solve_largeGames_dualsProveTheOptimum(int stakeholders, int k, int games) {
        for (var kind : RandomGames.values()) {
            var random = new SplittableRandom(k);
            for (int n = 0; n < games; n++) {
                double[] p = RandomGames.stakeholders(kind, random, stakeholders, k);

                assertCertified(p, stakeholders, k, solver.solve(p, stakeholders, k));
            }
        }
    }

    // both sides of the certificate from their definitions
    private static void assertCertified(double[] p, int stakeholders, int k, ConsensusSolver.Consensus solved) {
        double upper = Double.NEGATIVE_INFINITY;
        var columns = new double[k];
        for (int row = 0; row < stakeholders * k; row++) {
            double gain = 0;
            for (int j = 0; j < k; j++) {
                double margin = p[row * k + j] - 0.5;
                gain += margin * solved.policy()[j];
                columns[j] += solved.duals()[row] * margin;
            }
            upper = Math.max(upper, gain);
        }
        double lower = Arrays.stream(columns).min().orElseThrow();
        assertThat(upper - lower).isBetween(-1e-14, 1e-12);
        assertThat(solved.gap()).isBetween(-1e-14, 1e-12);
        assertThat(solved.largestGain()).isCloseTo(upper, within(1e-15));
        assertThat(solved.converged()).isTrue();
        assertThat(Arrays.stream(solved.duals()).sum()).isCloseTo(1, within(1e-13));
        assertThat(Arrays.stream(solved.duals()).min().orElseThrow()).isNotNegative();
        assertThat(Arrays.stream(solved.policy()).sum()).isCloseTo(1, within(1e-13));
    }

    @Test
    void solve_oneStakeholder_isItsPopulationEquilibrium() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(1), 7);

        var solved = solver.solve(p, 1, 7);

        assertThat(solved.largestGain()).isCloseTo(0, within(1e-14));
        assertThat(solved.policy())
                .containsExactly(new PopulationSolver().solve(p, 7).policy(), within(1e-9));
    }

    @Test
    void solve_stakeholderTwice_changesNothing() {
        double[] p = RandomGames.stakeholders(RandomGames.DENSE, new SplittableRandom(1), 3, 5);
        double[] twice = Arrays.copyOf(p, 100);
        System.arraycopy(p, 25, twice, 75, 25);

        assertThat(solver.solve(twice, 4, 5).policy())
                .containsExactly(solver.solve(p, 3, 5).policy(), within(1e-9));
    }

    @Test
    void solve_masked_policyAndDualsAreZeroElsewhere() {
        double[] p = RandomGames.stakeholders(RandomGames.DENSE, new SplittableRandom(1), 2, 4);
        var allowed = AllowedCandidates.of(new boolean[] {true, false, true, true});

        var solved = solver.solve(p, 2, allowed);

        assertThat(solved.policy()[1]).isZero();
        assertThat(solved.duals()[1]).isZero();
        assertThat(solved.duals()[5]).isZero();
        assertThat(solved.largestGain())
                .isEqualTo(solver.solve(allowed.restrictMatrices(p, 2), 2, 3).largestGain());
    }

    @Test
    void solve_noneAllowed_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> solver.solve(new double[8], 2, AllowedCandidates.of(new boolean[2])))
                .withMessageContaining("refuse");
    }
}
