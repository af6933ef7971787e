package org.polyphony.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.polyphony.games.ReferenceNumbers.flat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PopulationSolverTest {

    private final PopulationSolver solver = new PopulationSolver();

    static Stream<JsonNode> preferenceGames() {
        return ReferenceNumbers.read("zero_sum_games.json")
                .filter(game -> !game.get("preference_P").isNull());
    }

    @Test
    void reference_holdsTwelvePreferenceGames() {
        assertThat(preferenceGames()).hasSize(12);
    }

    @ParameterizedTest
    @MethodSource("preferenceGames")
    void solve_publishedGame_isItsEquilibrium(JsonNode game) {
        double[] p = flat(game.get("preference_P"));
        int k = (int) Math.round(Math.sqrt(p.length));

        var solved = solver.solve(p, k);

        assertThat(solved.gap()).isBetween(-1e-15, 1e-12);
        assertThat(RandomGames.gap(p, k, solved.policy())).isBetween(-1e-15, 1e-12);
        if (game.at("/nashpy_0_0_43/n_support_equilibria").asInt() == 1) {
            double[] expected = flat(
                    game.get("known_equilibrium").isNull()
                            ? game.at("/scipy_highs_lp/row_strategy")
                            : game.get("known_equilibrium"));
            assertThat(solved.policy()).containsExactly(expected, within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("stakeholderGames")
    void solve_mixtureOfStakeholders_isTheReferenceLottery(JsonNode game) {
        int k = game.get("K").asInt();
        double[] mixed = Preferences.mix(flat(game.get("P")), game.get("S").asInt(), k, flat(game.get("weights")));

        assertThat(mixed).containsExactly(flat(game.get("mixture_P")), within(1e-15));
        assertThat(solver.solve(mixed, k).policy())
                .containsExactly(flat(game.at("/F1_population_symmetric/lp")), within(1e-9));
    }

    static Stream<JsonNode> stakeholderGames() {
        return ReferenceNumbers.read("stakeholder_games.json");
    }

    @ParameterizedTest
    @MethodSource("rankings")
    void solve_rankings_isTheMaximalLottery(JsonNode profile) {
        double[] p = flat(profile.get("mixture_P"));
        int k = (int) Math.round(Math.sqrt(p.length));

        assertThat(solver.solve(p, k).policy())
                .containsExactly(flat(profile.at("/pref_voting/maximal_lottery_C2")), within(1e-9));
    }

    static Stream<JsonNode> rankings() {
        return ReferenceNumbers.read("social_choice.json");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.3, -0.2, -0.05, 0, 0.01, 0.1, 0.3})
    void solve_munosTypes_isTheClosedForm(double e) {
        // three types of raters with cyclic votes, the second and third likelier by e/2 (Munos et al. 2023)
        var p = Preferences.mix(
                ReferenceNumbers.read("stakeholder_games.json")
                        .filter(g -> g.get("name").asText().startsWith("munos"))
                        .map(g -> flat(g.get("P")))
                        .findFirst()
                        .orElseThrow(),
                3,
                3,
                new double[] {1.0 / 3 - e, 1.0 / 3 + e / 2, 1.0 / 3 + e / 2});

        assertThat(solver.solve(p, 3).policy())
                .containsExactly(new double[] {1.0 / 3 + e / 2, 1.0 / 3 + e / 2, 1.0 / 3 - e}, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(RandomGames.class)
    void solve_tenThousandGamesOfEveryKind_everyGapIsRounding(RandomGames kind) {
        var random = new SplittableRandom(kind.name().length());
        for (int n = 0; n < 10_000; n++) {
            int k = 1 + random.nextInt(9);
            double[] p = kind.next(random, k);

            var solved = solver.solve(p, k);

            double gap = RandomGames.gap(p, k, solved.policy());
            double mass = Arrays.stream(solved.policy()).sum();
            double smallest = Arrays.stream(solved.policy()).min().orElseThrow();
            boolean equilibrium = gap < 1e-13 && gap >= -1e-15 && Math.abs(gap - solved.gap()) < 1e-15;
            if (!equilibrium || !(Math.abs(mass - 1) < 1e-14) || smallest < 0) {
                throw new AssertionError("game " + n + " of " + kind + ": gap " + gap + ", reported " + solved.gap()
                        + ", policy " + Arrays.toString(solved.policy()) + " for " + Arrays.toString(p));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-16, 1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6})
    void solve_almostTheSameCandidates_everyGapIsRounding(double noise) {
        var random = new SplittableRandom(7);
        for (int n = 0; n < 400; n++) {
            int k = n % 20 == 0 ? 17 + random.nextInt(48) : 2 + random.nextInt(11);
            var kind = n % 2 == 0 ? RandomGames.COARSE : RandomGames.DENSE;
            double[] p = RandomGames.duplicate(kind.next(random, k), random, k, noise);

            assertThat(RandomGames.gap(p, k, solver.solve(p, k).policy()))
                    .as("game %d", n)
                    .isBetween(-1e-15, 1e-11);
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 60", "17, 60", "33, 20", "64, 8", "128, 2", "256, 1"})
    void solve_largeGamesOfEveryKind_everyGapIsRounding(int k, int games) {
        for (var kind : RandomGames.values()) {
            var random = new SplittableRandom(k);
            for (int n = 0; n < games; n++) {
                double[] p = kind.next(random, k);

                assertThat(RandomGames.gap(p, k, solver.solve(p, k).policy()))
                        .as("game %d of %s, K = %d", n, kind, k)
                        .isBetween(-1e-15, 1e-12);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 21})
    void solve_permutedCandidates_permutesTheEquilibrium(int k) {
        var random = new SplittableRandom(k);
        for (int n = 0; n < 200; n++) {
            double[] p = RandomGames.DENSE.next(random, k);
            int[] order = RandomGames.shuffled(random, k);
            double[] policy = solver.solve(p, k).policy();

            double[] permuted =
                    solver.solve(RandomGames.permute(p, k, order), k).policy();

            for (int i = 0; i < k; i++) {
                assertThat(permuted[i]).isCloseTo(policy[order[i]], within(1e-9));
            }
        }
    }

    @Test
    void solve_reversedPreferences_gapIsStillZero() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(3), 7);
        double[] reversed = Arrays.stream(p).map(win -> 1 - win).toArray();

        assertThat(RandomGames.gap(reversed, 7, solver.solve(reversed, 7).policy()))
                .isBetween(-1e-15, 1e-14);
    }

    @Test
    void solve_stakeholderInTwoHalves_leavesTheEquilibriumUnchanged() {
        var random = new SplittableRandom(11);
        double[] p = RandomGames.stakeholders(RandomGames.DENSE, random, 2, 6);
        var doubled = Arrays.copyOf(p, 3 * 36);
        System.arraycopy(p, 36, doubled, 72, 36);

        double[] whole = solver.solve(Preferences.mix(p, 2, 6, new double[] {0.4, 0.6}), 6)
                .policy();
        double[] split = solver.solve(Preferences.mix(doubled, 3, 6, new double[] {0.4, 0.35, 0.25}), 6)
                .policy();

        assertThat(split).containsExactly(whole, within(1e-9));
    }

    @Test
    void solve_dominatedCandidateAdded_getsNothingAndChangesNothing() {
        var random = new SplittableRandom(5);
        for (int n = 0; n < 200; n++) {
            double[] p = RandomGames.DENSE.next(random, 5);
            double[] larger = new double[36];
            for (int i = 0; i < 6; i++) {
                for (int j = 0; j < 6; j++) {
                    larger[i * 6 + j] = i == j ? 0.5 : i == 5 ? 0.1 : j == 5 ? 0.9 : p[i * 5 + j];
                }
            }

            double[] policy = solver.solve(larger, 6).policy();

            assertThat(policy[5]).isZero();
            assertThat(Arrays.copyOf(policy, 5))
                    .containsExactly(solver.solve(p, 5).policy(), within(1e-9));
        }
    }

    @Test
    void solve_condorcetWinner_isDeployedAlone() {
        double[] p = {0.5, 0.9, 0.2, 0.1, 0.5, 0.4, 0.8, 0.6, 0.5};

        assertThat(solver.solve(p, 3).policy()).containsExactly(0, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void solve_everythingTied_isTheFirstCandidate(int k) {
        var p = new double[k * k];
        Arrays.fill(p, 0.5);

        var solved = solver.solve(p, k);

        assertThat(solved.policy()).containsExactly(Strategies.pure(k, 0));
        assertThat(solved.gap()).isZero();
    }

    @Test
    void solve_masked_solvesTheSubGameAndGivesTheRestExactlyZero() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(8), 6);
        var allowed = AllowedCandidates.of(new boolean[] {true, false, true, true, false, true});
        int[] kept = {0, 2, 3, 5};
        var sub = new double[16];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                sub[i * 4 + j] = p[kept[i] * 6 + kept[j]];
            }
        }

        double[] policy = solver.solve(p, allowed).policy();

        assertThat(policy[1]).isZero();
        assertThat(policy[4]).isZero();
        double[] expected = solver.solve(sub, 4).policy();
        for (int i = 0; i < 4; i++) {
            assertThat(policy[kept[i]]).isEqualTo(expected[i]);
        }
    }

    @Test
    void solve_oneAllowed_isThatCandidate() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(8), 3);

        assertThat(solver.solve(p, AllowedCandidates.of(new boolean[] {false, true, false}))
                        .policy())
                .containsExactly(0, 1, 0);
    }

    @Test
    void solve_noneAllowed_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> solver.solve(new double[4], AllowedCandidates.of(new boolean[2])))
                .withMessageContaining("none of the 2 candidates is allowed");
    }

    @Test
    void solve_notANumber_namesTheEntry() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> solver.solve(new double[] {0.5, Double.NaN, 0.5, 0.5}, 2))
                .withMessageContaining("P[0][0][1] is NaN");
    }

    @Test
    void solveEach_segmentAndArray_giveTheSameBytesAsOneByOne() {
        int games = 64;
        int k = 8;
        var random = new SplittableRandom(1);
        var kinds = RandomGames.values();
        var p = new double[games * k * k];
        for (int n = 0; n < games; n++) {
            System.arraycopy(kinds[n % kinds.length].next(random, k), 0, p, n * k * k, k * k);
        }
        var policies = new double[games * k];
        var gaps = new double[games];
        // cut in an odd place, out of order, by two workspaces
        new PopulationSolver().solveEach(p, k, 23, games, policies, gaps);
        solver.solveEach(p, k, 0, 23, policies, gaps);

        try (var arena = Arena.ofConfined()) {
            MemorySegment nativeP = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, p);
            MemorySegment nativePolicies = arena.allocate(ValueLayout.JAVA_DOUBLE, (long) games * k);
            MemorySegment nativeGaps = arena.allocate(ValueLayout.JAVA_DOUBLE, games);
            solver.solveEach(nativeP, k, 0, games, nativePolicies, nativeGaps);

            assertThat(nativePolicies.toArray(ValueLayout.JAVA_DOUBLE)).isEqualTo(policies);
            assertThat(nativeGaps.toArray(ValueLayout.JAVA_DOUBLE)).isEqualTo(gaps);
        }
        for (int n = 0; n < games; n++) {
            double[] alone = solver.solve(Arrays.copyOfRange(p, n * k * k, (n + 1) * k * k), k)
                    .policy();
            assertThat(Arrays.copyOfRange(policies, n * k, (n + 1) * k)).isEqualTo(alone);
        }
    }
}
