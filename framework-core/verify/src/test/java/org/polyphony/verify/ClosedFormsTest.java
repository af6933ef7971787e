package org.polyphony.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.verify.Violation.Kind;

/// Games of two candidates, whose certificates can be worked out by hand.
class ClosedFormsTest {

    private static final Offset<Double> DIGITS = within(1e-13);

    /// Stakeholder s prefers candidate 0 to 1 by `margins[s]`.
    private static PreferenceGame game(double... margins) {
        var p = new double[margins.length][][];
        for (int s = 0; s < p.length; s++) {
            p[s] = new double[][] {{0.5, 0.5 + margins[s]}, {0.5 - margins[s], 0.5}};
        }
        return PreferenceGame.of(p);
    }

    private static double[][] even(int stakeholders) {
        var duals = new double[stakeholders][2];
        for (double[] row : duals) {
            row[0] = 0.5 / stakeholders;
            row[1] = 0.5 / stakeholders;
        }
        return duals;
    }

    /// −τ log ½ (e^{(1−q)δ/τ} + e^{−qδ/τ}) is what the policy (q, 1−q) secures against an even reference.
    @ParameterizedTest
    @CsvSource({"0.2, 0.5, 1", "0.2, 2, 1", "0.4, 0.05, 1", "0.4, 0.05, 0.8", "0.1, 0.3, 0.6"})
    void bargaining_oneStakeholder_hasItsSurplus(double delta, double tau, double q) {
        double secured = -tau * Math.log((Math.exp((1 - q) * delta / tau) + Math.exp(-q * delta / tau)) / 2);
        double before = -tau * Math.log(Math.cosh(delta / 2 / tau));

        var certificate = Certify.bargaining(game(delta), new double[] {q, 1 - q}, tau, new double[] {7}, even(1));

        assertThat(certificate.figure("improves")).isOne();
        assertThat(certificate.figure("disagreement")).isCloseTo(before, DIGITS);
        assertThat(certificate.figure("surplus")).isCloseTo(secured - before, DIGITS);
        // the slope at the reference is ±δ/2, at the policy δ times the other's share of the adversary
        assertThat(certificate.figure("bound")).isCloseTo(delta / 2, DIGITS);
        assertThat(certificate.gap()).isCloseTo((1 - q) * delta / (secured - before), within(1e-11));
    }

    /// In units of 1e-14, for surpluses of .1: (.3 + 2 |π − μ| + |π − μ| / τ) / 100 / (2 · .1²) + (1 + 1/τ) / (100 ·
    /// .1)
    /// on top of one, twice that where two stakeholders have it, whatever their powers, times τ above one.
    @Test
    void bargaining_rounding_countsWhatSmallSurplusesMagnify() {
        double[] first = {1, 0};

        assertThat(Certify.bargaining(game(0.2), first, 0.5, new double[] {1}, even(1))
                        .rounding())
                .isCloseTo(3.45e-14, within(1e-24));
        assertThat(Certify.bargaining(game(0.2), first, 2, new double[] {1}, even(1))
                        .rounding())
                .isCloseTo(2 * 2.55e-14, within(1e-24));
        assertThat(Certify.bargaining(game(0.2, 0.2), first, 0.5, new double[] {1, 3}, even(2))
                        .rounding())
                .isCloseTo(5.9e-14, within(1e-24));
        // the reference itself: a tenth over τ, and no less than one
        double[] mu = {0.5, 0.5};
        assertThat(Certify.bargaining(game(0.2), mu, 0.01, new double[] {1}, even(1))
                        .rounding())
                .isCloseTo(1e-13, within(1e-24));
        assertThat(Certify.bargaining(game(0.2), mu, 0.5, new double[] {1}, even(1))
                        .rounding())
                .isCloseTo(1e-14, within(1e-24));
    }

    /// U_s = (π_0 μ_1 − π_1 μ_0) a_s, and the bound is a log-sum-exp of −.0375 and .0125.
    @Test
    void maxmin_twoStakeholders_hasItsValueAndBound() {
        var game = game(0.4, -0.2).withReference(1, 3);
        double[][] duals = {{0.25, 0}, {0.5, 0.25}};
        double[] policy = {0.5, 0.5};
        double kl = 0.5 * Math.log(2) + 0.5 * Math.log(2.0 / 3);

        var at = Certify.maxmin(game, policy, 0.5, duals);
        assertThat(at.figures("advantage").get(0)).isCloseTo(0.1, DIGITS);
        assertThat(at.figures("advantage").get(1)).isCloseTo(-0.05, DIGITS);
        assertThat(at.figure("value")).isCloseTo(-0.05 - 0.5 * kl, DIGITS);
        assertThat(at.figure("bound"))
                .isCloseTo(0.5 * Math.log(0.25 * Math.exp(-0.075) + 0.75 * Math.exp(0.025)), DIGITS);
        var plain = Certify.maxmin(game, policy, 0, duals);
        assertThat(plain.figure("value")).isCloseTo(-0.05, DIGITS);
        assertThat(plain.figure("bound")).isCloseTo(0.0125, DIGITS);
        assertThat(plain.gap()).isCloseTo(0.0625, DIGITS);
        assertThat(plain.rounding()).isEqualTo(1e-14);
        assertThat(Certify.maxmin(game, policy, 100, duals).rounding()).isEqualTo(1e-12);
    }

    /// With d = h_0 − h_1, L_s = 2 μ_0 μ_1 (τ d − a_s)²; the α-mean of it is least at the mean of the a_s, and then
    /// their
    /// variance.
    @ParameterizedTest
    @CsvSource({"0.4, -0.2, 0.5, 0.5", "0.1, 0.3, 0.2, 0.9", "-0.5, 0.5, 3, 0.3"})
    void groupRobust_twoGroups_hasItsLossesAndBound(double one, double other, double tau, double q) {
        var game = game(one, other).withReference(2, 6);
        double[][] duals = {{0.25, 0}, {0.5, 0.25}};
        double d = Math.log(q / 0.25) - Math.log((1 - q) / 0.75);
        double size = 2 * 0.25 * 0.75;

        var certificate = Certify.groupRobust(game, new double[] {q, 1 - q}, tau, duals);

        double first = size * (tau * d - one) * (tau * d - one);
        double second = size * (tau * d - other) * (tau * d - other);
        double bound = size * 0.25 * 0.75 * (one - other) * (one - other);
        assertThat(certificate.figures("losses").get(0)).isCloseTo(first, within(1e-12));
        assertThat(certificate.figures("losses").get(1)).isCloseTo(second, within(1e-12));
        assertThat(certificate.figure("bound")).isCloseTo(bound, DIGITS);
        assertThat(certificate.gap()).isCloseTo(Math.max(first, second) - bound, within(1e-12));
        assertThat(certificate.rounding()).isCloseTo(1e-12 * Math.max(1, tau), within(1e-26));
    }

    /// The first and the third want 0, by .4 and .3, the second 1, by .1: with 0 played at .8 the first two gain .08
    /// each, and then the third cannot gain less than .06.
    @Test
    void leximin_threeStakeholders_provesLevelAfterLevel() {
        var game = game(0.4, -0.1, 0.3);
        List<double[][]> levels =
                List.of(new double[][] {{0.2, 0}, {0, 0.8}, {0, 0}}, new double[][] {{0, 0}, {0, 0.75}, {0.25, 0}});

        var right = Certify.leximin(game, new double[] {0.8, 0.2}, levels);
        assertThat(right.figures("levels").get(0)).isCloseTo(0.08, DIGITS);
        assertThat(right.figures("levels").get(1)).isCloseTo(0.06, DIGITS);
        assertThat(right.figure("undecided")).isZero();
        assertThat(right.gap()).isCloseTo(0, DIGITS);
        assertThat(right.rounding()).isCloseTo(1e-10, within(1e-24));

        // a looser proof of the second level: (.05 − .5 · .08) / .5 = .02 is what it shows, .04 below .06
        var loose = Certify.leximin(game, new double[] {0.8, 0.2}, List.of(levels.getFirst(), new double[][] {
            {0, 0}, {0, 0.5}, {0.5, 0}
        }));
        assertThat(loose.gap()).isCloseTo(0.04, DIGITS);
        // .12 against .08, decided by a fifth of the duals
        var wrong = Certify.leximin(game, new double[] {0.7, 0.3}, levels);
        assertThat(wrong.gap()).isCloseTo(0.04 / 0.2, DIGITS);
    }

    /// Nobody's certificate stands on a policy, duals or a reference that are none.
    @Test
    void welfare_badPolicyDualsOrReference_isSaid() {
        var game = game(0.2, 0.1);
        double[] bad = {0.5, 0.6};
        double[] policy = {0.5, 0.5};
        double[] power = {1, 1};
        double[][] half = {{0.25, 0}, {0.25, 0}};
        var nowhere = game.withReference(0, 0);

        says(Certify.bargaining(game, policy, 1, power, half), Kind.NOT_NORMALISED);
        says(Certify.bargaining(nowhere, policy, 1, power, even(2)), Kind.REFERENCE_SUPPORT);
        says(Certify.bargaining(game, policy, -1, power, even(2)), Kind.TEMPERATURE);
        says(Certify.bargaining(game, policy, 1, new double[] {1}, even(2)), Kind.SHAPE);
        says(Certify.maxmin(game, bad, 1, even(2)), Kind.NOT_NORMALISED);
        says(Certify.leximin(game, bad, List.<double[][]>of(even(2))), Kind.NOT_NORMALISED);
        says(Certify.groupRobust(game, bad, 1, even(2)), Kind.NOT_NORMALISED);
        says(Certify.groupRobust(game, policy, 1, half), Kind.NOT_NORMALISED);
        says(Certify.groupRobust(nowhere, policy, 1, even(2)), Kind.REFERENCE_SUPPORT);
        says(Certify.consensus(game, bad), Kind.NOT_NORMALISED);
        says(Certify.stakeholder(game, new double[][] {policy, policy}, -1), Kind.TEMPERATURE);
    }

    private static void says(Certificate certificate, Kind kind) {
        assertThat(certificate.violations()).extracting(Violation::kind).contains(kind);
        assertThat(certificate.proves(Double.POSITIVE_INFINITY)).isFalse();
    }

    /// At exactly the tolerance a residual is within it.
    @Test
    void proves_exactlyTheTolerance_isWithinIt() {
        var certificate = Certify.population(game(0.5), new double[] {0, 1});

        assertThat(certificate.residual()).isEqualTo(1);
        assertThat(certificate.rounding()).isEqualTo(1e-14);
        assertThat(Certify.consensus(game(0.5), new double[] {0, 1}).rounding()).isEqualTo(1e-14);
        assertThat(certificate.proves(1 + 1e-14)).isTrue();
        assertThat(certificate.proves(Math.nextDown(1 + 1e-14))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, -0.25, Double.NaN})
    void population_onlyTheUpperHalfIsBad_isNamed(double bad) {
        var certificate =
                Certify.population(PreferenceGame.of(1, 2, new double[] {0.5, bad, 0.5, 0.5}), new double[] {0.5, 0.5});

        assertThat(certificate.violations())
                .contains(new Violation(
                        Kind.NOT_A_PROBABILITY, "P[0][0][1] is " + bad + "; give probabilities between 0 and 1"));
    }

    @Test
    void of_wrongShapes_areErrors() {
        assertThatThrownBy(() -> PreferenceGame.of(new double[][][] {{{0.5, 0.5}, {0.5, 0.5}}, {{0.5, 0.5}}}))
                .hasMessage("length of rows of a stakeholder is 1, expected 2");
        assertThatThrownBy(() -> game(0.1).withReference(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length of reference is 1, expected 2");
        assertThatThrownBy(() -> game(0.1).withAllowed(true, true, true))
                .hasMessage("length of allowed is 3, expected 2");
    }
}
