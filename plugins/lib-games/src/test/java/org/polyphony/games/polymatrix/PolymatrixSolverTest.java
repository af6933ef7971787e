package org.polyphony.games.polymatrix;

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
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.OpponentMixing;
import org.polyphony.games.RandomGames;
import org.polyphony.games.ReferenceNumbers;
import org.polyphony.games.StakeholderProfile;

class PolymatrixSolverTest {

    private final PolymatrixSolver solver = new PolymatrixSolver(OpponentMixing.UNIFORM);

    static Stream<JsonNode> games() {
        return ReferenceNumbers.read("stakeholder_games.json")
                .filter(game -> game.get("S").asInt() > 1);
    }

    /// The stored profiles are public (QuantEcon.py); equilibria need not be unique, so that ours is held
    /// to its own NashConv.
    @ParameterizedTest
    @MethodSource("games")
    void solve_referenceGame_isAnEquilibriumAsTheStoredOneIs(JsonNode game) {
        double[] p = flat(game.get("P"));
        int stakeholders = game.get("S").asInt();
        int k = game.get("K").asInt();

        var solved = solver.solve(p, stakeholders, k, flat(game.get("weights")));

        assertEquilibrium(p, stakeholders, k, OpponentMixing.UNIFORM, solved);
        double[] stored = flat(game.at("/F2_HT_profile_unregularised/profile"));
        assertThat(largestGain(p, stakeholders, k, OpponentMixing.UNIFORM, stored))
                .isCloseTo(0, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(RandomGames.class)
    void solve_gamesOfEveryKind_areEquilibria(RandomGames kind) {
        var random = new SplittableRandom(5);
        for (int n = 0; n < 200; n++) {
            int stakeholders = 2 + random.nextInt(4);
            int k = 2 + random.nextInt(7);
            double[] p = RandomGames.stakeholders(kind, random, stakeholders, k);

            var solved = solver.solve(p, stakeholders, k, weights(stakeholders));

            assertEquilibrium(p, stakeholders, k, OpponentMixing.UNIFORM, solved);
        }
    }

    @ParameterizedTest
    @EnumSource(RandomGames.class)
    void solve_stakeholdersTwice_areEquilibria(RandomGames kind) {
        var random = new SplittableRandom(6);
        for (int n = 0; n < 100; n++) {
            int k = 2 + random.nextInt(5);
            double[] once = RandomGames.stakeholders(kind, random, 2, k);
            double[] twice = Arrays.copyOf(once, 4 * k * k);
            System.arraycopy(once, 0, twice, 2 * k * k, 2 * k * k);

            assertEquilibrium(twice, 4, k, OpponentMixing.UNIFORM, solver.solve(twice, 4, k, weights(4)));
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 50", "5, 20", "12, 8", "25, 4"})
    void solve_aHundredVariables_areEquilibria(int stakeholders, int k) {
        for (var kind : RandomGames.values()) {
            var random = new SplittableRandom(k);
            for (int n = 0; n < 3; n++) {
                double[] p = RandomGames.stakeholders(kind, random, stakeholders, k);

                assertEquilibrium(
                        p,
                        stakeholders,
                        k,
                        OpponentMixing.UNIFORM,
                        solver.solve(p, stakeholders, k, weights(stakeholders)));
            }
        }
    }

    @Test
    void solve_opponentsByWeight_isAnEquilibriumOfThatGame() {
        var random = new SplittableRandom(7);
        for (int n = 0; n < 100; n++) {
            double[] p = RandomGames.stakeholders(RandomGames.DENSE, random, 3, 5);
            var weights = new double[] {0.7, 0.2, 0.1};

            var solved = new PolymatrixSolver(OpponentMixing.BY_WEIGHT).solve(p, 3, 5, weights);

            var lambda = OpponentMixing.BY_WEIGHT.matrix(weights);
            assertThat(largestGain(p, 3, 5, lambda, solved.profile())).isBetween(-1e-12, 1e-12);
            assertThat(solved.converged()).isTrue();
        }
    }

    @Test
    void solve_masked_solvesTheSubGameAndGivesTheRestExactlyZero() {
        double[] p = RandomGames.stakeholders(RandomGames.DENSE, new SplittableRandom(1), 2, 4);
        var allowed = AllowedCandidates.of(new boolean[] {true, true, false, true});

        var solved = solver.solve(p, 2, allowed, weights(2));

        double[] sub =
                solver.solve(allowed.restrictMatrices(p, 2), 2, 3, weights(2)).profile();
        assertThat(solved.profile()).containsExactly(sub[0], sub[1], 0, sub[2], sub[3], sub[4], 0, sub[5]);
        assertThat(solved.deployed()[2]).isZero();
    }

    @Test
    void solve_oneStakeholder_meetsACopyOfItself() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(2), 5);

        var solved = solver.solve(p, 1, 5, weights(1));

        assertThat(RandomGames.gap(p, 5, solved.profile())).isCloseTo(0, within(1e-13));
        assertThat(solved.converged()).isTrue();
    }

    @Test
    void solve_noneAllowed_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> solver.solve(new double[8], 2, AllowedCandidates.of(new boolean[2]), weights(2)))
                .withMessageContaining("refuse");
    }

    private static double[] weights(int stakeholders) {
        var weights = new double[stakeholders];
        Arrays.fill(weights, 1);
        return weights;
    }

    private static void assertEquilibrium(
            double[] p, int stakeholders, int k, OpponentMixing mixing, StakeholderProfile solved) {
        assertThat(largestGain(p, stakeholders, k, mixing, solved.profile())).isBetween(-1e-12, 1e-12);
        assertThat(solved.converged()).isTrue();
        assertThat(solved.regularisation().uniqueGuaranteed()).isFalse();
        assertThat(solved.regularisation().tau()).isZero();
        for (int s = 0; s < stakeholders; s++) {
            double mass = 0;
            for (int i = 0; i < k; i++) {
                assertThat(solved.profile()[s * k + i]).isNotNegative();
                mass += solved.profile()[s * k + i];
            }
            assertThat(mass).isCloseTo(1, within(1e-13));
        }
    }

    private static double largestGain(double[] p, int stakeholders, int k, OpponentMixing mixing, double[] profile) {
        return largestGain(p, stakeholders, k, mixing.matrix(new double[stakeholders]), profile);
    }

    // NashConv from its definition
    private static double largestGain(double[] p, int stakeholders, int k, double[] lambda, double[] profile) {
        double worst = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < stakeholders; s++) {
            double best = Double.NEGATIVE_INFINITY;
            double own = 0;
            for (int i = 0; i < k; i++) {
                double win = 0;
                for (int r = 0; r < stakeholders; r++) {
                    for (int j = 0; j < k; j++) {
                        win += lambda[s * stakeholders + r] * (p[(s * k + i) * k + j] - 0.5) * profile[r * k + j];
                    }
                }
                best = Math.max(best, win);
                own += profile[s * k + i] * win;
            }
            worst = Math.max(worst, best - own);
        }
        return worst;
    }
}
