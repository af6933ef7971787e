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
import org.junit.jupiter.params.provider.ValueSource;

class StakeholderSolverTest {

    static Stream<JsonNode> games() {
        return ReferenceNumbers.read("stakeholder_games.json").filter(game -> game.has("F2_HT_regularised"));
    }

    @ParameterizedTest
    @MethodSource("games")
    void solve_referenceGameWhereUnique_isTheReferenceProfile(JsonNode game) {
        var solved = solve(game, StakeholderSolver.of(0.6));

        assertThat(solved.regularisation().uniqueAbove())
                .isCloseTo(game.at("/F2_HT_regularised/delta_half").asDouble(), within(1e-12));
        assertThat(solved.regularisation().uniqueGuaranteed()).isTrue();
        assertThat(solved.converged()).isTrue();
        assertThat(solved.profile())
                .containsExactly(flat(game.at("/F2_HT_regularised/solutions/0.6/profile")), within(1e-10));
        assertNashConv(game, solved);
    }

    @ParameterizedTest
    @MethodSource("games")
    void solve_referenceGameStartedFromTheReferencePolicy_isTheReferenceProfile(JsonNode game) {
        var solved = solve(game, new StakeholderSolver(0.1, false, OpponentMixing.UNIFORM, 1e-12, 100_000));

        assertThat(solved.converged()).isTrue();
        assertThat(solved.profile())
                .containsExactly(flat(game.at("/F2_HT_regularised/solutions/0.1/profile")), within(1e-8));
        assertNashConv(game, solved);
    }

    @ParameterizedTest
    @MethodSource("games")
    void solve_referenceGameAnnealed_isAnEquilibrium(JsonNode game) {
        var solved = solve(game, StakeholderSolver.of(0.1));

        assertThat(solved.regularisation().uniqueGuaranteed())
                .isEqualTo(0.1 > solved.regularisation().uniqueAbove());
        assertThat(solved.converged()).isTrue();
        assertNashConv(game, solved);
    }

    // NashConv from its definition, not from the solver's formula
    private static void assertNashConv(JsonNode game, StakeholderProfile solved) {
        int stakeholders = game.get("S").asInt();
        int k = game.get("K").asInt();
        double[] nashConv = nashConv(
                flat(game.get("P")), stakeholders, k, OpponentMixing.UNIFORM.matrix(new double[stakeholders]), solved);
        for (int s = 0; s < stakeholders; s++) {
            assertThat(nashConv[s]).isBetween(-1e-12, 1e-12);
            assertThat(solved.nashConv()[s]).isBetween(0.0, 1e-12);
        }
    }

    private static double[] nashConv(double[] p, int stakeholders, int k, double[] lambda, StakeholderProfile solved) {
        var nashConv = new double[stakeholders];
        for (int s = 0; s < stakeholders; s++) {
            double partition = 0;
            double utility = 0;
            for (int i = 0; i < k; i++) {
                double win = 0;
                for (int r = 0; r < stakeholders; r++) {
                    for (int j = 0; j < k; j++) {
                        win += lambda[s * stakeholders + r] * p[(s * k + i) * k + j] * solved.profile()[r * k + j];
                    }
                }
                double mass = solved.profile()[s * k + i];
                utility += mass * win - (mass > 0 ? solved.regularisation().tau() * mass * Math.log(mass * k) : 0);
                partition += Math.exp(win / solved.regularisation().tau()) / k;
            }
            nashConv[s] = solved.regularisation().tau() * Math.log(partition) - utility;
        }
        return nashConv;
    }

    private static StakeholderProfile solve(JsonNode game, StakeholderSolver solver) {
        double[] logReference =
                Arrays.stream(flat(game.get("mu"))).map(Math::log).toArray();
        return solver.solve(
                flat(game.get("P")),
                game.get("S").asInt(),
                game.get("K").asInt(),
                flat(game.get("weights")),
                logReference);
    }

    @ParameterizedTest
    @EnumSource(OpponentMixing.class)
    void solve_aboveHalfTheDisagreement_convergesForEveryMixing(OpponentMixing mixing) {
        var random = new SplittableRandom(3);
        for (int n = 0; n < 60; n++) {
            int stakeholders = 2 + random.nextInt(4);
            int k = 2 + random.nextInt(9);
            double[] p = RandomGames.stakeholders(RandomGames.DENSE, random, stakeholders, k);
            double[] weights = random.doubles(stakeholders, 0.1, 1).toArray();
            double tau = 1.05 * StakeholderSolver.disagreement(p, stakeholders, k) / 2;

            var solved = new StakeholderSolver(tau, true, mixing, 1e-11, 100_000)
                    .solve(p, stakeholders, k, weights, new double[k]);

            assertThat(solved.regularisation().uniqueGuaranteed()).isTrue();
            assertThat(solved.converged()).as("game %d", n).isTrue();
            double[] omega = Preferences.normalise(weights, stakeholders);
            for (double gain : nashConv(p, stakeholders, k, mixing.matrix(omega), solved)) {
                assertThat(gain).as("game %d", n).isBetween(-1e-12, 1e-12);
            }
        }
    }

    @Test
    void solve_everybodyAgrees_everybodyPlaysTheRegularisedPopulationEquilibrium() {
        double[] one = RandomGames.DENSE.next(new SplittableRandom(2), 6);
        var three = new double[3 * 36];
        for (int s = 0; s < 3; s++) {
            System.arraycopy(one, 0, three, s * 36, 36);
        }

        var solved = StakeholderSolver.of(0.05).solve(three, 3, 6, new double[] {1, 2, 3}, new double[6]);

        double[] population = new RegularisedPopulationSolver(0.05)
                .solve(one, 6, new double[6])
                .policy();
        assertThat(solved.regularisation().uniqueAbove()).isZero();
        assertThat(solved.regularisation().uniqueGuaranteed()).isTrue();
        assertThat(solved.deployed()).containsExactly(population, within(1e-9));
    }

    @Test
    void solve_oneStakeholder_meetsACopyOfItself() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(2), 5);

        var solved = StakeholderSolver.of(0.2).solve(p, 1, 5, new double[] {1}, new double[5]);

        assertThat(solved.converged()).isTrue();
        assertThat(solved.regularisation().uniqueGuaranteed()).isTrue();
        assertThat(solved.profile())
                .containsExactly(
                        new RegularisedPopulationSolver(0.2)
                                .solve(p, 5, new double[5])
                                .policy(),
                        within(0.0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.05, 0.03})
    void solve_weakPreferencesOfRealisticSize_converges(double tau) {
        var random = new SplittableRandom(12);
        double[] p = RandomGames.stakeholders(RandomGames.DENSE, random, 3, 35);
        double[] shrunk = Arrays.stream(p).map(win -> 0.5 + 0.1 * (win - 0.5)).toArray();

        var solved = StakeholderSolver.of(tau).solve(shrunk, 3, 35, new double[] {1, 1, 1}, new double[35]);

        assertThat(Arrays.stream(solved.nashConv()).max().orElseThrow()).isLessThan(1e-12);
        assertThat(solved.converged()).isTrue();
    }

    // far below Δ/2 there may be no equilibrium that the iteration can reach; it must not claim one
    @Test
    void solve_farBelowTheProvedRange_convergedMeansWhatItSays() {
        var random = new SplittableRandom(31);
        int converged = 0;
        for (int n = 0; n < 12; n++) {
            double[] p = RandomGames.stakeholders(RandomGames.DENSE, random, 3, 8);
            var solved = new StakeholderSolver(0.01, true, OpponentMixing.UNIFORM, 1e-12, 5_000)
                    .solve(p, 3, 8, new double[] {1, 1, 1}, new double[8]);

            double worst = Arrays.stream(nashConv(p, 3, 8, OpponentMixing.UNIFORM.matrix(new double[3]), solved))
                    .max()
                    .orElseThrow();
            assertThat(solved.regularisation().uniqueGuaranteed()).isFalse();
            assertThat(solved.converged()).isEqualTo(solved.residual() <= 1e-12);
            // annealing says how far down it got, whether or not that was far enough
            assertThat(solved.regularisation().reachedTau())
                    .isBetween(0.01, 1.02 * solved.regularisation().uniqueAbove());
            assertThat(solved.regularisation().reachedTau() == 0.01).isEqualTo(solved.residual() <= 1e-12);
            assertThat(solved.converged() ? worst : 0).as("game %d", n).isLessThan(1e-11);
            converged += solved.converged() ? 1 : 0;
        }
        assertThat(converged).isBetween(1, 11);
    }

    @Test
    void solve_tooFewSteps_saysItDidNotConverge() {
        double[] p = RandomGames.stakeholders(RandomGames.DENSE, new SplittableRandom(1), 3, 6);

        var solved = new StakeholderSolver(0.1, true, OpponentMixing.UNIFORM, 1e-12, 8)
                .solve(p, 3, 6, new double[] {1, 1, 1}, new double[6]);

        assertThat(solved.converged()).isFalse();
        assertThat(Arrays.stream(solved.nashConv()).max().orElseThrow()).isPositive();
    }

    @Test
    void solve_masked_solvesTheSubGameAndGivesTheRestExactlyZero() {
        var random = new SplittableRandom(1);
        double[] p = RandomGames.stakeholders(RandomGames.DENSE, random, 2, 4);
        double[] logReference = {0, -1, -2, -3};
        var allowed = AllowedCandidates.of(new boolean[] {true, true, false, true});
        double[] weights = {0.5, 0.5};

        var solved = StakeholderSolver.of(0.6).solve(p, 2, allowed, weights, logReference);

        double[] sub = StakeholderSolver.of(0.6)
                .solve(allowed.restrictMatrices(p, 2), 2, 3, weights, new double[] {0, -1, -3})
                .profile();
        assertThat(solved.profile()).containsExactly(sub[0], sub[1], 0, sub[2], sub[3], sub[4], 0, sub[5]);
        assertThat(solved.deployed()[2]).isZero();
    }

    @Test
    void solve_noneAllowed_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StakeholderSolver.of(0.6)
                        .solve(
                                new double[8],
                                2,
                                AllowedCandidates.of(new boolean[2]),
                                new double[] {1, 1},
                                new double[2]))
                .withMessageContaining("refuse");
    }

    @Test
    void of_tauZero_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StakeholderSolver.of(0))
                .withMessageContaining("tau is 0.0");
    }

    @Test
    void solve_negativeWeight_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> StakeholderSolver.of(1).solve(new double[8], 2, 2, new double[] {2, -1}, new double[2]))
                .withMessageContaining("-1.0");
    }
}
