package org.polyphony.games.welfare;

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
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.RandomGames;
import org.polyphony.games.ReferenceNumbers;

class NashBargainingTest {

    private static final String F6 = "F6_nash_bargaining_beta0.1";

    private final NashBargaining solver = new NashBargaining(0.1);

    static Stream<JsonNode> games() {
        return ReferenceNumbers.read("stakeholder_games.json");
    }

    static Stream<JsonNode> improvable() {
        return games().filter(game -> !game.get(F6).get("pi").isNull());
    }

    static Stream<JsonNode> notImprovable() {
        return games().filter(game -> game.get(F6).get("pi").isNull());
    }

    /// Self-computed reference, by another method (Frank-Wolfe).
    @ParameterizedTest
    @MethodSource("improvable")
    void solve_referenceGame_isTheReferenceBargain(JsonNode game) {
        var expected = game.get(F6);
        int stakeholders = game.get("S").asInt();
        int k = game.get("K").asInt();
        double[] p = flat(game.get("P"));

        var solved = solver.solve(p, stakeholders, k, ones(stakeholders), logs(flat(game.get("mu"))));

        assertThat(solved.improves()).isTrue();
        assertThat(solved.converged()).isTrue();
        assertThat(solved.policy()).containsExactly(flat(expected.get("pi")), within(1e-6));
        assertThat(Arrays.stream(solved.values()).map(Math::log).sum())
                .isCloseTo(expected.at("/info/F").asDouble(), within(1e-9));
        double[] disagreement = flat(expected.get("disagreement"));
        for (int s = 0; s < stakeholders; s++) {
            double atMu = value(p, s, k, flat(game.get("mu")), 0.1, flat(game.get("mu")));
            assertThat(atMu).isCloseTo(disagreement[s], within(1e-12));
            assertThat(solved.values()[s])
                    .isCloseTo(value(p, s, k, solved.policy(), 0.1, flat(game.get("mu"))) - atMu, within(1e-13));
        }
    }

    /// Self-computed: the largest possible smallest surplus is zero.
    @ParameterizedTest
    @MethodSource("notImprovable")
    void solve_nothingBetterForEverybody_isTheReferencePolicyWithItsProof(JsonNode game) {
        int stakeholders = game.get("S").asInt();
        int k = game.get("K").asInt();
        double[] mu = flat(game.get("mu"));

        var solved = solver.solve(flat(game.get("P")), stakeholders, k, ones(stakeholders), logs(mu));

        assertThat(solved.improves()).isFalse();
        assertThat(solved.converged()).isTrue();
        assertThat(solved.policy()).containsExactly(mu, within(1e-15));
        assertThat(solved.gap()).isBetween(-1e-15, 1e-12);
        assertThat(Arrays.stream(solved.duals()).sum()).isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(
            value = RandomGames.class,
            names = {"DENSE", "COARSE", "TIES", "TOURNAMENT", "DUPLICATES", "NEAR_DUPLICATES"})
    void solve_gamesOfEveryKind_gapProvesTheOptimum(RandomGames kind) {
        var random = new SplittableRandom(17);
        int improved = 0;
        int unsolved = 0;
        for (int n = 0; n < 300; n++) {
            int stakeholders = 1 + random.nextInt(4);
            int k = 1 + random.nextInt(9);
            double[] p = RandomGames.stakeholders(kind, random, stakeholders, k);
            double[] mu = random.doubles(k, 0.05, 1).toArray();
            double sum = Arrays.stream(mu).sum();
            Arrays.setAll(mu, i -> mu[i] / sum);
            double tau = Math.pow(10, random.nextDouble(-1.3, 0.5));

            var solved = new NashBargaining(tau).solve(p, stakeholders, k, ones(stakeholders), logs(mu));

            assertThat(Arrays.stream(solved.policy()).sum()).isCloseTo(1, within(1e-13));
            unsolved += solved.converged() ? 0 : 1;
            if (solved.improves() && solved.converged()) {
                improved++;
                assertThat(Arrays.stream(solved.values()).min().orElseThrow()).isPositive();
                double[] gradient = gradient(p, stakeholders, k, solved.policy(), tau, mu, solved.values());
                double mean = 0;
                for (int i = 0; i < k; i++) {
                    mean += gradient[i] * solved.policy()[i];
                }
                double gap = Arrays.stream(gradient).max().orElseThrow() - mean;
                assertThat(gap).as("game %d", n).isLessThan(1e-8);
            }
        }
        assertThat(improved).isBetween(30, 290);
        // what everybody can gain may be of the order of 1e-5, and with it the accuracy of the gap
        assertThat(unsolved).isLessThanOrEqualTo(6);
    }

    /// Everybody prefers candidate 0 to 1 by δ: the slope towards it is δ/2, and playing it is worth exactly δ/2
    /// more than the even reference, at every temperature. However little that is, it is the bargain.
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 2e-3, 1.9e-3, 2e-4, 2e-5, 1.1e-6})
    void solve_everybodyGainsALittle_takesIt(double delta) {
        double[] p = {0.5, 0.5 + delta, 0.5 - delta, 0.5, 0.5, 0.5 + delta, 0.5 - delta, 0.5};

        for (double tau : new double[] {0.05, 1}) {
            var solved = new NashBargaining(tau).solve(p, 2, 2, ones(2), new double[2]);

            assertThat(solved.improves()).isTrue();
            assertThat(solved.policy()[0]).isCloseTo(1, within(1e-6));
            assertThat(solved.values()).containsExactly(new double[] {delta / 2, delta / 2}, within(1e-6 * delta));
        }
    }

    /// The slope towards candidate 0 is 4.5e-7, below what counts as an improvement; it is the bound that is given.
    @Test
    void solve_everybodyGainsLessThanCounts_isTheReference() {
        double[] p = {0.5, 0.5 + 9e-7, 0.5 - 9e-7, 0.5};

        var solved = solver.solve(p, 1, 2, ones(1), new double[2]);

        assertThat(solved.improves()).isFalse();
        assertThat(solved.policy()).containsExactly(new double[] {0.5, 0.5}, within(1e-15));
        assertThat(solved.gap()).isCloseTo(4.5e-7, within(1e-12));
    }

    @Test
    void solve_morePower_getsMore() {
        double[] p = RandomGames.stakeholders(RandomGames.DENSE, new SplittableRandom(3), 2, 6);

        var equal = solver.solve(p, 2, 6, new double[] {1, 1}, new double[6]);
        var first = solver.solve(p, 2, 6, new double[] {3, 1}, new double[6]);

        assertThat(equal.improves()).isTrue();
        assertThat(first.values()[0]).isGreaterThan(equal.values()[0]);
        assertThat(first.values()[1]).isLessThan(equal.values()[1]);
        assertThat(first.converged()).isTrue();
    }

    @Test
    void solve_masked_solvesTheSubGameAndGivesTheRestExactlyZero() {
        double[] p = RandomGames.stakeholders(RandomGames.DENSE, new SplittableRandom(3), 2, 5);
        var allowed = AllowedCandidates.of(new boolean[] {true, false, true, true, true});

        var solved = solver.solve(p, 2, allowed, ones(2), new double[5]);

        assertThat(solved.policy()[1]).isZero();
        assertThat(solved.duals()[1]).isZero();
        assertThat(solved.values())
                .isEqualTo(solver.solve(allowed.restrictMatrices(p, 2), 2, 4, ones(2), new double[4])
                        .values());
    }

    @Test
    void solve_referenceWithoutMass_isRefused() {
        double none = Double.NEGATIVE_INFINITY;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> solver.solve(new double[8], 2, 2, ones(2), new double[] {none, none}))
                .withMessageContaining("reference");
    }

    @Test
    void solve_noPower_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> solver.solve(new double[8], 2, 2, new double[] {1, 0}, new double[2]))
                .withMessageContaining("bargaining power");
    }

    // V_s from its definition
    private static double value(double[] p, int s, int k, double[] policy, double tau, double[] mu) {
        double sum = 0;
        for (int z = 0; z < k; z++) {
            sum += mu[z] * Math.exp(-against(p, s, k, policy, z) / tau);
        }
        return -tau * Math.log(sum);
    }

    private static double against(double[] p, int s, int k, double[] policy, int z) {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += policy[i] * (p[(s * k + i) * k + z] - 0.5);
        }
        return sum;
    }

    private static double[] gradient(
            double[] p, int stakeholders, int k, double[] policy, double tau, double[] mu, double[] surplus) {
        var gradient = new double[k];
        for (int s = 0; s < stakeholders; s++) {
            var nu = new double[k];
            double total = 0;
            for (int z = 0; z < k; z++) {
                nu[z] = mu[z] * Math.exp(-against(p, s, k, policy, z) / tau);
                total += nu[z];
            }
            for (int i = 0; i < k; i++) {
                for (int z = 0; z < k; z++) {
                    gradient[i] += (p[(s * k + i) * k + z] - 0.5) * nu[z] / total / surplus[s];
                }
            }
        }
        return gradient;
    }

    static double[] ones(int n) {
        var ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    static double[] logs(double[] probabilities) {
        return Arrays.stream(probabilities).map(Math::log).toArray();
    }
}
