package org.polyphony.games.selfplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.polyphony.games.ReferenceNumbers.flat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.LogPolicies;
import org.polyphony.games.PopulationSolver;
import org.polyphony.games.Preferences;
import org.polyphony.games.RandomGames;
import org.polyphony.games.ReferenceNumbers;
import org.polyphony.games.RegularisedPopulationSolver;

class SelfPlaySolverTest {

    static Stream<JsonNode> preferenceGames() {
        return ReferenceNumbers.read("zero_sum_games.json")
                .filter(game -> !game.get("preference_P").isNull());
    }

    /// Those whose last policy converges to the regularised equilibrium at their default step.
    static List<SelfPlayRule> regularised(double tau) {
        return List.of(Inpo.ofTau(tau), Mmd.ofTau(tau), Egpo.ofTau(tau), NashMp.ofTau(tau));
    }

    static Stream<SelfPlayRule> everyRule() {
        return Stream.of(
                new Mwu(0.1),
                new IterativeDpo(0.5),
                new Onpo(1),
                Inpo.ofTau(0.2),
                Mmd.ofTau(0.2),
                Egpo.ofTau(0.2),
                NashMp.ofTau(0.2),
                NashMd.of(0.5, 0.2),
                new ScheduledNashMd(0.2),
                new OnlineIpo1(0.05, 0.2),
                new OnlineIpo2(0.1, 0.2),
                new NashMdPg(0.1, 0.2, 0.1),
                new Comal(NashMp.ofTau(0.2), 7),
                Comal.withStopRule(Egpo.ofTau(0.2)));
    }

    /// A1, published games: COMAL reaches the iterative tolerance in every one of them, unique equilibrium or
    /// not.
    @ParameterizedTest
    @MethodSource("preferenceGames")
    void solve_publishedGame_comalAndItsStopRuleReachTheIterativeTolerance(JsonNode game) {
        double[] p = flat(game.get("preference_P"));
        int k = size(p);
        for (var rule : List.of(new Comal(new NashMp(3, 0.05), 10), Comal.withStopRule(Egpo.ofTau(0.1)))) {
            var outcome = SelfPlaySolver.of(rule, 1e-6, 200_000).solve(p, k, new double[k]);

            assertThat(outcome.converged()).as("%s", rule).isTrue();
            assertThat(RandomGames.gap(p, k, outcome.policy())).isBetween(-1e-15, 1e-6 * (1 + 1e-9));
        }
    }

    /// A1, published games: ONPO promises it where the equilibrium is unique.
    @ParameterizedTest
    @MethodSource("preferenceGames")
    void solve_publishedGameWithOneEquilibrium_onpoReachesTheIterativeTolerance(JsonNode game) {
        double[] p = flat(game.get("preference_P"));
        int k = size(p);
        if (game.at("/nashpy_0_0_43/n_support_equilibria").asInt() == 1) {
            var outcome = SelfPlaySolver.of(new Onpo(1), 1e-6, 200_000).solve(p, k, new double[k]);

            assertThat(RandomGames.gap(p, k, outcome.policy())).isBetween(-1e-15, 1e-6 * (1 + 1e-9));
        }
    }

    private static int size(double[] p) {
        return (int) Math.round(Math.sqrt(p.length));
    }

    /// A2, published closed form (Munos et al. 2023): (1/3 + e/2, 1/3 + e/2, 1/3 − e).
    @ParameterizedTest
    @ValueSource(doubles = {-0.3, -0.2, -0.05, 0, 0.01, 0.1, 0.3})
    void solve_munosTypes_isTheClosedForm(double e) {
        double[] types = ReferenceNumbers.read("stakeholder_games.json")
                .filter(g -> g.get("name").asText().startsWith("munos"))
                .map(g -> flat(g.get("P")))
                .findFirst()
                .orElseThrow();
        var p = Preferences.mix(types, 3, 3, new double[] {1.0 / 3 - e, 1.0 / 3 + e / 2, 1.0 / 3 + e / 2});

        var outcome = SelfPlaySolver.of(new Comal(new NashMp(3, 0.05), 10), 1e-12, 100_000)
                .solve(p, 3, new double[3]);

        assertThat(outcome.converged()).isTrue();
        assertThat(outcome.policy())
                .containsExactly(new double[] {1.0 / 3 + e / 2, 1.0 / 3 + e / 2, 1.0 / 3 - e}, within(1e-9));
    }

    /// A3: one step on the published dice game against its formula. With s τ = 1/2, π = (1, 4, 4) / 9 and μ =
    /// (4, 1, 4) / 9 the mixture is (1, 1, 2) / 4, and log π⁺ − log m is s (P m) up to a constant, in
    /// decimals.
    @Test
    void advance_nashMdOnce_isTheFormulaInExactArithmetic() {
        double[] p = preferenceGames()
                .filter(g -> g.get("name").asText().equals("munos_dice"))
                .map(g -> flat(g.get("preference_P")))
                .findFirst()
                .orElseThrow();
        double[] a = new double[9];
        Arrays.setAll(a, n -> (p[n] - p[n % 3 * 3 + n / 3]) / 2);
        var iterate = new Iterate(a, 3, logs(4 / 9.0, 1 / 9.0, 4 / 9.0));
        iterate.become(logs(1 / 9.0, 4 / 9.0, 4 / 9.0));
        BigDecimal[] mixture = {new BigDecimal("0.25"), new BigDecimal("0.25"), new BigDecimal("0.5")};

        NashMd.of(0.5, 1).advance(iterate);

        for (int i = 1; i < 3; i++) {
            var difference = BigDecimal.ZERO;
            for (int j = 0; j < 3; j++) {
                difference = difference.add(new BigDecimal(a[i * 3 + j])
                        .subtract(new BigDecimal(a[j]))
                        .multiply(mixture[j]));
            }
            double expected = Math.log(mixture[i].divide(mixture[0]).doubleValue())
                    + difference.divide(BigDecimal.TWO).doubleValue();
            assertThat(iterate.logPolicy()[i] - iterate.logPolicy()[0]).isCloseTo(expected, within(1e-15));
        }
    }

    private static double[] logs(double... policy) {
        return Arrays.stream(policy).map(Math::log).toArray();
    }

    /// A4, published bound (Munos et al. 2023), on published and on random games.
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 1})
    void advance_scheduledNashMd_staysBelowTheBoundAtEveryUpdate(double tau) {
        var random = new SplittableRandom(4);
        var games = Stream.concat(
                        preferenceGames().map(g -> flat(g.get("preference_P"))),
                        IntStream.range(0, 10).mapToObj(n -> RandomGames.DENSE.next(random, 2 + n)))
                .toList();
        for (double[] p : games) {
            int k = size(p);
            double[] logReference = random.doubles(k, -2, 0).toArray();
            double[] equilibrium = new RegularisedPopulationSolver(tau)
                    .solve(p, k, logReference)
                    .policy();
            var a = new double[k * k];
            Arrays.setAll(a, n -> p[n] - 0.5);
            var iterate = new Iterate(a, k, LogPolicies.reference(logReference, k));
            var rule = new ScheduledNashMd(tau);
            for (int t = 1; t <= 3_000; t++) {
                rule.advance(iterate);
                double distance = 0;
                for (int i = 0; i < k; i++) {
                    distance += equilibrium[i] > 0
                            ? equilibrium[i] * (Math.log(equilibrium[i]) - iterate.logPolicy()[i])
                            : 0;
                }
                if (!(distance <= 8 / (tau * tau * (t + 1)))) {
                    throw new AssertionError("K = " + k + ", update " + t + ": KL " + distance);
                }
            }
        }
    }

    /// A7: with a uniform reference the regularised equilibrium is the logit response at rationality 1 / τ.
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.1, 0.3, 1})
    void solve_regularised_isTheLogitResponseToItself(double tau) {
        for (double[] p :
                preferenceGames().map(g -> flat(g.get("preference_P"))).toList()) {
            int k = size(p);
            for (var rule : regularised(tau)) {
                var outcome = SelfPlaySolver.of(rule, 1e-15, 50_000).solve(p, k, new double[k]);

                var response = new double[k];
                for (int i = 0; i < k; i++) {
                    double win = 0;
                    for (int j = 0; j < k; j++) {
                        win += p[i * k + j] * outcome.policy()[j];
                    }
                    response[i] = Math.exp(win / tau);
                }
                double mass = Arrays.stream(response).sum();
                assertThat(outcome.converged()).as("%s", rule).isTrue();
                assertThat(outcome.policy())
                        .containsExactly(
                                Arrays.stream(response).map(r -> r / mass).toArray(), within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RandomGames.class)
    void solve_randomRegularisedGames_isWhatNewtonFinds(RandomGames kind) {
        var random = new SplittableRandom(8);
        for (double tau : new double[] {0.05, 0.2, 1}) {
            for (int n = 0; n < 10; n++) {
                int k = 1 + random.nextInt(9);
                double[] p = kind.next(random, k);
                double[] logReference = random.doubles(k, -3, 0).toArray();
                double[] newton = new RegularisedPopulationSolver(tau)
                        .solve(p, k, logReference)
                        .policy();
                for (var rule : regularised(tau)) {
                    var outcome = SelfPlaySolver.of(rule, 1e-14, 20_000).solve(p, k, logReference);

                    assertThat(outcome.converged()).as("%s", rule).isTrue();
                    assertThat(outcome.policy()).containsExactly(newton, within(3e-6));
                }
            }
        }
    }

    /// Self-computed medians over random dense games, uniform start, matched within a factor of two. The
    /// unreached games rank last here; only rows that (nearly) all games reached are compared.
    @ParameterizedTest
    @CsvSource({
        "onpo, 3, 1e-2, 11", "onpo, 8, 1e-2, 100", "onpo, 8, 1e-3, 410", "onpo, 16, 1e-2, 300",
        "comal, 3, 1e-2, 34", "comal, 8, 1e-2, 120", "comal, 8, 1e-3, 470", "comal, 16, 1e-2, 260",
        "mwu, 5, 1e-2, 345", "mwu, 8, 1e-2, 880"
    })
    void solve_randomDenseGames_costsTheMedianWithinAFactorOfTwo(String name, int k, double gap, long expected) {
        var random = new SplittableRandom(2);
        var solver = switch (name) {
            case "onpo" -> SelfPlaySolver.of(new Onpo(2), gap, 20_000);
            case "comal" -> SelfPlaySolver.of(new Comal(new NashMp(3, 0.05), 10), gap, 10_000);
            default -> SelfPlaySolver.of(new Mwu(1), gap, 20_000).withAverage();
        };
        var products = IntStream.range(0, 33)
                .mapToObj(n -> solver.solve(RandomGames.DENSE.next(random, k), k, new double[k]))
                .mapToLong(outcome -> outcome.converged() ? outcome.products() : Long.MAX_VALUE)
                .sorted()
                .toArray();

        assertThat(products[16]).isBetween(expected / 2, expected * 2);
    }

    /// A11: the K × K loss of TD-MNPO with one history policy, pairs weighted by π × π, is smallest at INPO's
    /// update.
    @Test
    void advance_inpo_minimisesTheMnpoLossWithOneHistory() {
        var random = new SplittableRandom(11);
        double step = 0.7;
        double tau = 0.3;
        for (int k : new int[] {2, 5, 9}) {
            double[] p = RandomGames.DENSE.next(random, k);
            var a = new double[k * k];
            Arrays.setAll(a, n -> p[n] - 0.5);
            double[] reference = LogPolicies.reference(random.doubles(k, -2, 0).toArray(), k);
            var iterate = new Iterate(a, k, reference);
            iterate.become(random.doubles(k, -2, 0).toArray());
            double[] history = iterate.logPolicy().clone();
            double[] weights = iterate.policy().clone();

            new Inpo(step, tau).advance(iterate);

            double rho = step * tau;
            for (int i = 0; i < k; i++) {
                double gradient = 0;
                for (int j = 0; j < k; j++) {
                    double difference = iterate.logPolicy()[i]
                            - iterate.logPolicy()[j]
                            - rho * (reference[i] - reference[j])
                            - (1 - rho) * (history[i] - history[j]);
                    gradient += 4 * weights[i] * weights[j] * (difference - step * (p[i * k + j] - 0.5));
                }
                assertThat(gradient).isCloseTo(0, within(1e-14));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyRule")
    void solve_anyBudget_isTheBeginningOfEveryLongerRun(SelfPlayRule rule) {
        var random = new SplittableRandom(6);
        int k = 6;
        double[] p = RandomGames.DENSE.next(random, k);
        double[] logReference = random.doubles(k, -1, 0).toArray();
        var a = new double[k * k];
        Arrays.setAll(a, n -> (p[n] - p[n % k * k + n / k]) / 2);
        var iterate = new Iterate(a, k, LogPolicies.reference(logReference, k));
        for (int updates = 0; updates < 137; updates++) {
            var outcome = SelfPlaySolver.of(rule, 0, updates).solve(p, k, logReference);

            assertThat(outcome.policy()).as("%d updates", updates).isEqualTo(iterate.policy());
            assertThat(outcome.updates()).isEqualTo(updates);
            rule.advance(iterate);
        }
    }

    /// A12: a game with its candidates in another order has the same trajectory, in that order.
    @ParameterizedTest
    @MethodSource("everyRule")
    void solve_permutedCandidates_permutesThePolicy(SelfPlayRule rule) {
        var random = new SplittableRandom(12);
        int k = 7;
        double[] p = RandomGames.DENSE.next(random, k);
        double[] logReference = random.doubles(k, -1, 0).toArray();
        int[] order = RandomGames.shuffled(random, k);
        var solver = SelfPlaySolver.of(rule, 0, 40);
        double[] policy = solver.solve(p, k, logReference).policy();

        double[] permuted = solver.solve(
                        RandomGames.permute(p, k, order),
                        k,
                        Arrays.stream(order).mapToDouble(i -> logReference[i]).toArray())
                .policy();

        for (int i = 0; i < k; i++) {
            assertThat(permuted[i]).isCloseTo(policy[order[i]], within(1e-10));
        }
    }

    /// A12: what a stakeholder says counts once, however many seats share its weight.
    @ParameterizedTest
    @MethodSource("everyRule")
    void solve_stakeholderInTwoHalves_leavesThePolicyUnchanged(SelfPlayRule rule) {
        var random = new SplittableRandom(13);
        double[] p = new double[3 * 36];
        System.arraycopy(RandomGames.DENSE.next(random, 6), 0, p, 0, 36);
        System.arraycopy(RandomGames.DENSE.next(random, 6), 0, p, 36, 36);
        System.arraycopy(p, 36, p, 72, 36);
        var solver = SelfPlaySolver.of(rule, 0, 40);

        double[] whole = solver.solve(
                        Preferences.mix(Arrays.copyOf(p, 72), 2, 6, new double[] {0.4, 0.6}), 6, new double[6])
                .policy();
        double[] split = solver.solve(Preferences.mix(p, 3, 6, new double[] {0.4, 0.35, 0.25}), 6, new double[6])
                .policy();

        assertThat(split).containsExactly(whole, within(1e-10));
    }

    /// A12: with 1 − P for P the winner of a transitive game becomes the loser.
    @ParameterizedTest
    @MethodSource("everyRule")
    void solve_reversedPreferences_reversesTheWinner(SelfPlayRule rule) {
        double[] p = {0.5, 0.7, 0.8, 0.3, 0.5, 0.6, 0.2, 0.4, 0.5};
        double[] reversed = Arrays.stream(p).map(win -> 1 - win).toArray();
        var solver = SelfPlaySolver.of(rule, 0, 60);

        double[] policy = solver.solve(p, 3, new double[3]).policy();
        double[] opposite = solver.solve(reversed, 3, new double[3]).policy();

        assertThat(policy[0]).isGreaterThan(policy[1]);
        assertThat(policy[1]).isGreaterThan(policy[2]);
        assertThat(opposite[2]).isGreaterThan(opposite[1]);
        assertThat(opposite[1]).isGreaterThan(opposite[0]);
    }

    /// A12: a candidate that everybody finds worse than each other one changes nothing.
    @Test
    void solve_dominatedCandidateAdded_leavesTheEquilibriumUnchanged() {
        var random = new SplittableRandom(5);
        for (int n = 0; n < 10; n++) {
            double[] p = RandomGames.DENSE.next(random, 5);
            double[] larger = new double[36];
            for (int i = 0; i < 6; i++) {
                for (int j = 0; j < 6; j++) {
                    larger[i * 6 + j] = i == j ? 0.5 : i == 5 ? 0.1 : j == 5 ? 0.9 : p[i * 5 + j];
                }
            }
            double[] exact = new PopulationSolver().solve(p, 5).policy();

            var outcome = SelfPlaySolver.of(new Comal(new NashMp(3, 0.05), 10), 1e-9, 200_000)
                    .solve(larger, 6, new double[6]);

            assertThat(outcome.converged()).isTrue();
            assertThat(outcome.policy()[5]).isLessThan(1e-6);
            assertThat(Arrays.copyOf(outcome.policy(), 5)).containsExactly(exact, within(1e-5));
        }
    }

    /// A12: the gap is never negative beyond rounding, at no τ and no policy.
    @ParameterizedTest
    @EnumSource(RandomGames.class)
    void gap_anyPolicyOfAnyGame_isNotNegative(RandomGames kind) {
        var random = new SplittableRandom(17);
        for (int n = 0; n < 300; n++) {
            int k = 1 + random.nextInt(9);
            double[] p = kind.next(random, k);
            double[] logReference = random.doubles(k, -5, 0).toArray();
            everyRule().forEach(rule -> {
                var outcome = SelfPlaySolver.of(rule, 0, 3).solve(p, k, logReference);
                assertThat(outcome.gap()).as("%s", rule).isGreaterThanOrEqualTo(-1e-15);
            });
        }
    }

    @Test
    void solve_masked_conditionsTheReferenceAndGivesTheRestExactlyZero() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(4), 3);
        var allowed = AllowedCandidates.of(new boolean[] {true, false, true});
        double[] logReference = {Math.log(0.1), Double.NEGATIVE_INFINITY, Math.log(0.3)};

        everyRule().forEach(rule -> {
            double[] start = SelfPlaySolver.of(rule, 0, 0)
                    .solve(p, allowed, logReference)
                    .policy();
            double[] policy = SelfPlaySolver.of(rule, 0, 20)
                    .solve(p, allowed, logReference)
                    .policy();

            assertThat(start).containsExactly(new double[] {0.25, 0, 0.75}, within(1e-15));
            assertThat(policy[1]).isZero();
            assertThat(policy[0] + policy[2]).isCloseTo(1, within(1e-15));
        });
    }

    @Test
    void solve_noneAllowed_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SelfPlaySolver.of(new Mwu(1), 0, 1)
                        .solve(new double[4], AllowedCandidates.of(new boolean[2]), new double[2]))
                .withMessageContaining("none of the 2 candidates is allowed");
    }

    @ParameterizedTest
    @MethodSource("everyRule")
    void solve_oneCandidate_isChosenAtOnce(SelfPlayRule rule) {
        var outcome = SelfPlaySolver.of(rule, 1e-12, 10).solve(new double[] {0.5}, 1, new double[1]);

        assertThat(outcome.policy()).containsExactly(1);
        assertThat(outcome.converged()).isTrue();
        assertThat(outcome.updates()).isZero();
    }

    @Test
    void solve_stepFarTooLong_endsWithAPolicyThatDidNotConverge() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(3), 5);
        for (var rule :
                List.of(new Mwu(1e300), new Onpo(1e300), new Inpo(1e9, 1), new Egpo(1e9, 1), new OnlineIpo2(1e9, 1))) {
            var outcome = SelfPlaySolver.of(rule, 1e-9, 2_000).solve(p, 5, new double[5]);

            assertThat(outcome.converged()).as("%s", rule).isFalse();
            assertThat(Arrays.stream(outcome.policy()).sum()).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void solve_averageOfMwu_getsCloseWhereTheLastPolicyCycles() {
        double[] p = flat(ReferenceNumbers.tree("comal_synthetic.json").get("P"));
        var solver = SelfPlaySolver.of(new Mwu(0.1), 5e-3, 20_000);

        var last = solver.solve(p, 3, logs(0.2, 0.5, 0.3));
        var average = solver.withAverage().solve(p, 3, logs(0.2, 0.5, 0.3));

        assertThat(last.converged()).isFalse();
        assertThat(average.converged()).isTrue();
        assertThat(average.gap()).isCloseTo(RandomGames.gap(p, 3, average.policy()), within(1e-14));
        assertThat(average.policy()).containsExactly(new double[] {4 / 11.0, 3 / 11.0, 4 / 11.0}, within(1e-2));
    }

    @Test
    void solve_average_isOfThePoliciesThatWerePlayed() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(30), 4);
        var expected = new double[4];
        for (int updates = 0; updates < 5; updates++) {
            double[] played = SelfPlaySolver.of(new Mwu(1), 0, updates)
                    .solve(p, 4, new double[4])
                    .policy();
            Arrays.setAll(expected, i -> expected[i] + played[i] / 5);
        }

        assertThat(SelfPlaySolver.of(new Mwu(1), 0, 5)
                        .withAverage()
                        .solve(p, 4, new double[4])
                        .policy())
                .containsExactly(expected, within(1e-15));
    }

    @Test
    void withAverage_ruleWhoseLastPolicyConverges_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SelfPlaySolver.of(NashMp.ofTau(0.1), 0, 1).withAverage())
                .withMessageContaining("last policy");
    }

    @Test
    void solve_products_countTwoPerUpdateOfTwoStepRules() {
        double[] p = RandomGames.DENSE.next(new SplittableRandom(30), 4);

        assertThat(SelfPlaySolver.of(new Mwu(0.1), 0, 40)
                        .solve(p, 4, new double[4])
                        .products())
                .isEqualTo(41);
        assertThat(SelfPlaySolver.of(new NashMp(2, 0.1), 0, 40)
                        .solve(p, 4, new double[4])
                        .products())
                .isEqualTo(81);
    }

    @Test
    void solve_pauseThatThrows_stopsALongRun() {
        double[] p = RandomGames.TOURNAMENT.next(new SplittableRandom(30), 5);
        var solver = SelfPlaySolver.of(new Mwu(0.1), 0, 1_000_000).withPause(() -> {
            throw new CancellationException("enough");
        });

        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> solver.solve(p, 5, new double[5]));
    }

    @Test
    void solveEach_batch_isEachGameAlone() {
        var random = new SplittableRandom(31);
        double[] p = new double[6 * 16];
        for (int n = 0; n < 6; n++) {
            System.arraycopy(RandomGames.DENSE.next(random, 4), 0, p, n * 16, 16);
        }
        double[] logReferences = random.doubles(24, -1, 0).toArray();
        var solver = SelfPlaySolver.of(new Comal(NashMp.ofTau(0.1), 5), 1e-4, 500);
        var outcomes = new SelfPlayOutcome[6];
        solver.solveEach(p, 4, logReferences, 2, 6, outcomes);
        solver.solveEach(p, 4, logReferences, 0, 2, outcomes);

        for (int n = 0; n < 6; n++) {
            var alone = solver.solve(
                    Arrays.copyOfRange(p, n * 16, n * 16 + 16), 4, Arrays.copyOfRange(logReferences, n * 4, n * 4 + 4));
            assertThat(outcomes[n].policy()).isEqualTo(alone.policy());
            assertThat(outcomes[n].updates()).isEqualTo(alone.updates());
        }
    }

    @Test
    void comal_ruleWithoutPull_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Comal(new Mwu(1), 5))
                .withMessageContaining("tau > 0");
    }

    @Test
    void nashMd_stepTimesTauAboveOne_saysWhatToLower() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NashMd.of(20, 0.1))
                .withMessageContaining("lower the step");
    }
}
