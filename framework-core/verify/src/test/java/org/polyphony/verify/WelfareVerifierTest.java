package org.polyphony.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.polyphony.verify.ReferenceGames.stakeholderGame;
import static org.polyphony.verify.ReferenceGames.vector;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.polyphony.verify.ReferenceGames.Case;
import org.polyphony.verify.Violation.Kind;

/// Certificates of cooperative solutions: against self-computed reference numbers, against searches over
/// many policies, and against policies that are wrong.
class WelfareVerifierTest {

    private static final String F6 = "F6_nash_bargaining_beta0.1";

    static Stream<Case> bargains() {
        return ReferenceGames.read("stakeholder_games.json")
                .filter(game -> !game.json().get(F6).get("pi").isNull());
    }

    static Stream<Case> stalemates() {
        return ReferenceGames.read("stakeholder_games.json")
                .filter(game -> game.json().get(F6).get("pi").isNull());
    }

    @ParameterizedTest
    @MethodSource("bargains")
    void bargaining_storedBargain_isProvedAndItsNeighboursAreNot(Case stored) {
        var game = stakeholderGame(stored.json());
        var expected = stored.json().get(F6);
        double[] policy = normalised(vector(expected.get("pi")));

        var certificate = bargaining(game, policy);

        assertThat(certificate.violations()).isEmpty();
        assertThat(certificate.figure("improves")).isOne();
        assertThat(certificate.proves(1e-6)).isTrue();
        assertThat(array(certificate.figures("disagreement")))
                .containsExactly(vector(expected.get("disagreement")), within(1e-12));
        assertThat(array(certificate.figures("surplus")))
                .containsExactly(vector(expected.at("/info/surplus")), within(1e-8));
        assertThat(certificate.figures("surplus").stream()
                        .mapToDouble(Math::log)
                        .sum())
                .isCloseTo(expected.at("/info/F").asDouble(), within(1e-9));
        double[] other = mixed(policy, uniform(policy.length), 0.01);
        assertThat(bargaining(game, other).proves(1e-6)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("stalemates")
    void bargaining_nothingBetterForEverybody_theReferenceIsProved(Case stored) {
        var game = stakeholderGame(stored.json());
        double[] mu = normalised(vector(stored.json().get("mu")));

        var certificate = bargaining(game, mu);

        assertThat(certificate.figure("improves")).isZero();
        assertThat(certificate.figure("bound")).isCloseTo(0, within(1e-12));
        assertThat(certificate.proves(1e-9)).isTrue();
        var elsewhere = bargaining(game, mixed(mu, pure(mu.length, 0), 0.3));
        assertThat(elsewhere.proves(1e9)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("bargains")
    void bargaining_referenceWhereSomethingIsBetter_isRejected(Case stored) {
        var game = stakeholderGame(stored.json());

        var certificate = bargaining(game, uniform(game.candidates()));

        assertThat(certificate.figure("improves")).isZero();
        assertThat(certificate.proves(1e-3)).isFalse();
    }

    /// The gap bounds what any of many policies does better.
    @Test
    void bargaining_seededGames_noPolicyIsBetterByMoreThanTheGap() {
        var random = new SplittableRandom(6);
        for (int n = 0; n < 300; n++) {
            var game = ExactArithmeticTest.randomGame(random);
            double[] policy = ExactArithmeticTest.randomPolicy(random, game);

            var certificate = bargaining(game, policy);

            assertThat(certificate.violations()).isEmpty();
            for (int m = 0; m < 20; m++) {
                var other = bargaining(game, ExactArithmeticTest.randomPolicy(random, game));
                double worst = other.figures("surplus").stream()
                        .mapToDouble(x -> x)
                        .min()
                        .orElseThrow();
                assertThat(worst).isLessThanOrEqualTo(certificate.figure("bound") + 1e-12);
                if (certificate.gap() < Double.POSITIVE_INFINITY && worst > 0 && certificate.figure("improves") == 1) {
                    assertThat(logs(other)).isLessThanOrEqualTo(logs(certificate) + certificate.gap() + 1e-9);
                }
            }
        }
    }

    @Test
    void maxmin_seededGames_noPolicyIsBetterThanTheBound() {
        var random = new SplittableRandom(7);
        for (int n = 0; n < 300; n++) {
            var game = ExactArithmeticTest.randomGame(random);
            double tau = n % 2 == 0 ? 0 : random.nextDouble(0.05, 1);
            double[][] duals = duals(random, game);

            var certificate = Certify.maxmin(game, ExactArithmeticTest.randomPolicy(random, game), tau, duals);

            assertThat(certificate.violations()).isEmpty();
            assertThat(certificate.gap()).isEqualTo(certificate.figure("bound") - certificate.figure("value"));
            for (int m = 0; m < 20; m++) {
                double[] other = ExactArithmeticTest.randomPolicy(random, game);
                assertThat(Certify.maxmin(game, other, tau, duals).figure("value"))
                        .isLessThanOrEqualTo(certificate.figure("bound") + 1e-12);
            }
        }
    }

    @Test
    void groupRobust_seededGames_noPolicyIsBetterThanTheBound() {
        var random = new SplittableRandom(8);
        for (int n = 0; n < 300; n++) {
            var game = ExactArithmeticTest.randomGame(random);
            double tau = random.nextDouble(0.05, 1);
            double[][] duals = duals(random, game);

            var certificate = Certify.groupRobust(game, ExactArithmeticTest.randomPolicy(random, game), tau, duals);

            assertThat(certificate.violations()).isEmpty();
            for (int m = 0; m < 20; m++) {
                double[] other = ExactArithmeticTest.randomPolicy(random, game);
                double largest = Certify.groupRobust(game, other, tau, duals).figures("losses").stream()
                        .mapToDouble(x -> x)
                        .max()
                        .orElseThrow();
                assertThat(largest).isGreaterThanOrEqualTo(certificate.figure("bound") - 1e-12);
            }
        }
    }

    /// One group: the tilt of the reference towards it loses nothing but what no scores can express.
    @Test
    void groupRobust_oneGroup_itsOwnOptimumIsProvedAndItsNeighboursAreNot() {
        var game = PreferenceGame.of(new double[][][] {{{0.5, 0.9, 0.7}, {0.1, 0.5, 0.5}, {0.3, 0.5, 0.5}}});
        double[] margins = {(0.4 + 0.2) / 3, -0.4 / 3, -0.2 / 3};
        double[] policy = normalisedWeights(
                Arrays.stream(margins).map(margin -> Math.exp(margin / 0.2)).toArray());
        double[][] duals = {uniform(3)};

        assertThat(Certify.groupRobust(game, policy, 0.2, duals).proves(1e-12)).isTrue();
        double[] other = mixed(policy, uniform(3), 0.01);
        assertThat(Certify.groupRobust(game, other, 0.2, duals).proves(1e-6)).isFalse();
        assertThat(Certify.groupRobust(game, pure(3, 0), 0.2, duals).violations())
                .extracting(Violation::kind)
                .contains(Kind.REFERENCE_SUPPORT);
    }

    /// Two stakeholders who want the opposite of each other, and a third who wants candidate 2 against 3
    /// and nothing else.
    @Test
    void leximin_levels_decideOneAfterTheOther() {
        double[][] likes = new double[4][4];
        for (double[] row : likes) {
            Arrays.fill(row, 0.5);
        }
        double[][] first = copy(likes);
        first[0][1] = 1;
        first[1][0] = 0;
        double[][] second = copy(likes);
        second[0][1] = 0;
        second[1][0] = 1;
        var game = PreferenceGame.of(new double[][][] {first, second});
        double[][] both = {{0, 0, 0.25, 0.25}, {0, 0, 0.25, 0.25}};

        // candidates 2 and 3 are indifferent to everybody: no gains at all
        assertThat(Certify.leximin(game, new double[] {0, 0, 0.5, 0.5}, levels(both))
                        .proves(1e-9))
                .isTrue();
        var wrong = Certify.leximin(game, new double[] {0.6, 0.4, 0, 0}, levels(both));
        assertThat(wrong.violations()).isEmpty();
        assertThat(wrong.proves(1e-6)).isFalse();
        double[][] one = {{0, 0, 0.5, 0.5}, {0, 0, 0, 0}};
        var undecided = Certify.leximin(game, new double[] {0, 0, 0.5, 0.5}, levels(one));
        assertThat(undecided.figure("undecided")).isOne();
        assertThat(undecided.proves(1e-6)).isFalse();
        assertThat(Certify.leximin(game, new double[] {0, 0, 0.5, 0.5}, List.of(one, new double[2][4]))
                        .figure("undecided"))
                .isOne();
    }

    @Test
    void leximin_laterLevelNotOptimal_isRejected() {
        // the first is torn between nothing; the second prefers 1 to 0
        double[][] indifferent = {{0.5, 0.5}, {0.5, 0.5}};
        double[][] prefers = {{0.5, 0}, {1, 0.5}};
        var game = PreferenceGame.of(new double[][][] {indifferent, prefers});
        double[][] level1 = {{0.5, 0.5}, {0, 0}};
        double[][] level2 = {{0, 0}, {0, 1}};

        var right = Certify.leximin(game, new double[] {0, 1}, List.of(level1, level2));
        var wrong = Certify.leximin(game, new double[] {0.5, 0.5}, List.of(level1, level2));

        assertThat(right.proves(1e-9)).isTrue();
        assertThat(right.figures("levels")).containsExactly(0.0, 0.0);
        assertThat(wrong.proves(1e-3)).isFalse();
    }

    @Test
    void certificates_badInput_isSaid() {
        var game = PreferenceGame.of(new double[][][] {{{0.5, 1}, {0, 0.5}}});
        double[][] duals = {{0.5, 0.5}};
        double[][] half = {{0.5, 0}};
        double[] policy = {0.5, 0.5};

        assertRejected(Certify.bargaining(game, policy, 0, new double[] {1}, duals), Kind.TEMPERATURE);
        assertRejected(Certify.bargaining(game, policy, 1, new double[] {0}, duals), Kind.NEGATIVE_MASS);
        assertRejected(Certify.bargaining(game, new double[] {1, 1}, 1, new double[] {1}, duals), Kind.NOT_NORMALISED);
        assertRejected(Certify.maxmin(game, policy, 0, half), Kind.NOT_NORMALISED);
        assertRejected(Certify.maxmin(game, policy, -1, duals), Kind.TEMPERATURE);
        assertRejected(Certify.maxmin(game.withReference(0, 0), policy, 0, duals), Kind.REFERENCE_SUPPORT);
        assertRejected(Certify.groupRobust(game, policy, 0, duals), Kind.TEMPERATURE);
        assertRejected(Certify.leximin(game, policy, levels(half)), Kind.NOT_NORMALISED);
        assertRejected(Certify.leximin(game.withAllowed(true, false), policy, levels(duals)), Kind.DISALLOWED_MASS);
    }

    private static void assertRejected(Certificate certificate, Kind kind) {
        assertThat(certificate.violations()).extracting(Violation::kind).contains(kind);
        assertThat(certificate.residual()).isNaN();
        assertThat(certificate.proves(Double.POSITIVE_INFINITY)).isFalse();
    }

    private static Certificate bargaining(PreferenceGame game, double[] policy) {
        var power = new double[game.stakeholders()];
        Arrays.fill(power, 1);
        int players = 0;
        for (int i = 0; i < game.candidates(); i++) {
            players += game.allowed(i) ? 1 : 0;
        }
        var duals = new double[game.stakeholders()][game.candidates()];
        for (double[] row : duals) {
            for (int i = 0; i < row.length; i++) {
                row[i] = game.allowed(i) ? 1.0 / (players * duals.length) : 0;
            }
        }
        return Certify.bargaining(game, policy, 0.1, power, duals);
    }

    private static List<double[][]> levels(double[][] only) {
        return Collections.singletonList(only);
    }

    private static double logs(Certificate certificate) {
        return certificate.figures("surplus").stream().mapToDouble(Math::log).sum();
    }

    private static double[][] duals(SplittableRandom random, PreferenceGame game) {
        double[] policy = ExactArithmeticTest.randomPolicy(random, game);
        double[] weights = normalisedWeights(random.doubles(game.stakeholders()).toArray());
        return Arrays.stream(weights)
                .mapToObj(weight ->
                        Arrays.stream(policy).map(mass -> mass * weight).toArray())
                .toArray(double[][]::new);
    }

    private static double[][] copy(double[][] matrix) {
        return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] normalised(double[] policy) {
        assertThat(Arrays.stream(policy).sum()).isCloseTo(1, within(1e-8));
        return normalisedWeights(policy);
    }

    private static double[] normalisedWeights(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    private static double[] mixed(double[] policy, double[] other, double share) {
        var mixed = new double[policy.length];
        Arrays.setAll(mixed, i -> (1 - share) * policy[i] + share * other[i]);
        return normalisedWeights(mixed);
    }

    private static double[] uniform(int n) {
        var uniform = new double[n];
        Arrays.fill(uniform, 1.0 / n);
        return uniform;
    }

    private static double[] pure(int n, int choice) {
        var pure = new double[n];
        pure[choice] = 1;
        return pure;
    }
}
