package org.polyphony.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.verify.Violation.Kind;

class VerifierTest {

    private static final double[][] CYCLE = {{0.5, 1, 0}, {0, 0.5, 1}, {1, 0, 0.5}};
    private static final double[] THIRDS = {1.0 / 3, 1.0 / 3, 1.0 / 3};

    private static PreferenceGame cycle() {
        return PreferenceGame.of(new double[][][] {CYCLE});
    }

    private static PreferenceGame two() {
        return PreferenceGame.of(new double[][][] {CYCLE, {{0.5, 0, 1}, {1, 0.5, 0}, {0, 1, 0.5}}});
    }

    private static void assertRejected(Certificate certificate, Kind kind) {
        assertThat(certificate.valid()).isFalse();
        assertThat(certificate.violations()).extracting(Violation::kind).contains(kind);
        assertThat(certificate.residual()).isNaN();
        assertThat(certificate.deployment().largestGain()).isNaN();
        assertThat(certificate.proves(Double.POSITIVE_INFINITY)).isFalse();
    }

    @Test
    void population_onlyTheAllowedCandidatesPlay() {
        var certificate = Certify.population(cycle().withAllowed(true, true, false), new double[] {1, 0, 0});

        assertThat(certificate.gap()).isZero();
        assertThat(Certify.population(cycle(), new double[] {1, 0, 0}).gap()).isEqualTo(1);
    }

    @Test
    void population_regularised_equalsTheGainOfAnExplicitBestResponse() {
        var random = new SplittableRandom(3);
        for (int n = 0; n < 200; n++) {
            var game = ExactArithmeticTest.randomGame(random);
            var reference = new double[game.candidates()];
            for (int i = 0; i < reference.length; i++) {
                reference[i] = random.nextDouble(0.01, 5);
            }
            game = game.withReference(reference);
            var policy = ExactArithmeticTest.randomPolicy(random, game);
            double tau = Math.pow(10, random.nextDouble(-2, 1));

            var certificate = Certify.population(game, policy, tau);

            assertThat(certificate.gapTau()).isCloseTo(2 * explicitGain(game, policy, tau), within(1e-11));
            assertThat(certificate.gapTau()).isGreaterThanOrEqualTo(-certificate.rounding());
        }
    }

    /// J(best response, π) - J(π, π), term by term from the definition.
    private static double explicitGain(PreferenceGame game, double[] policy, double tau) {
        int k = game.candidates();
        var response = new double[k];
        double normaliser = 0;
        double mass = 0;
        for (int i = 0; i < k; i++) {
            if (game.allowed(i)) {
                response[i] = game.reference(i) * Math.exp(winRate(game, i, policy) / tau);
                normaliser += response[i];
                mass += game.reference(i);
            }
        }
        double gain = 0;
        for (int i = 0; i < k; i++) {
            if (game.allowed(i)) {
                double best = response[i] / normaliser;
                double mu = game.reference(i) / mass;
                gain += (best - policy[i]) * winRate(game, i, policy);
                gain -= tau * (best == 0 ? 0 : best * Math.log(best / mu));
                gain += tau * (policy[i] == 0 ? 0 : policy[i] * Math.log(policy[i] / mu));
            }
        }
        return gain;
    }

    private static double winRate(PreferenceGame game, int i, double[] policy) {
        double sum = 0;
        for (int s = 0; s < game.stakeholders(); s++) {
            for (int j = 0; j < game.candidates(); j++) {
                sum += game.weight(s) * game.preference(s, i, j) * policy[j];
            }
        }
        return sum;
    }

    @Test
    void population_referenceScaled_changesNothing() {
        var policy = new double[] {0.2, 0.3, 0.5};
        double once =
                Certify.population(cycle().withReference(1, 2, 3), policy, 0.1).gapTau();
        double scaled = Certify.population(cycle().withReference(64, 128, 192), policy, 0.1)
                .gapTau();

        assertThat(scaled).isCloseTo(once, within(1e-15));
    }

    @Test
    void population_tinyTemperatureAndTinyReference_staysFinite() {
        var certificate = Certify.population(cycle().withReference(1e-300, 1, 1), THIRDS, 1e-6);

        assertThat(certificate.gapTau()).isFinite();
    }

    @Test
    void deployment_uniformPolicy_isWorthOneHalfToEveryone() {
        var random = new SplittableRandom(4);
        for (int n = 0; n < 100; n++) {
            var game = ExactArithmeticTest.randomGame(random);
            var uniform = new double[game.candidates()];
            int players = 0;
            for (int i = 0; i < uniform.length; i++) {
                players += game.allowed(i) ? 1 : 0;
            }
            for (int i = 0; i < uniform.length; i++) {
                uniform[i] = game.allowed(i) ? 1.0 / players : 0;
            }

            assertThat(Certify.population(game, uniform).deployment().utility())
                    .allSatisfy(utility -> assertThat(utility).isCloseTo(0.5, within(1e-15)));
        }
    }

    @Test
    void deployment_favourite_isWorthItsMeanWinRate() {
        var game = PreferenceGame.of(new double[][][] {{{0.5, 0.9, 0.7}, {0.1, 0.5, 0.5}, {0.3, 0.5, 0.5}}});

        var deployment = Certify.population(game, new double[] {1, 0, 0}).deployment();

        assertThat(deployment.utility().getFirst()).isCloseTo((0.5 + 0.9 + 0.7) / 3, within(1e-15));
        assertThat(deployment.mixture()).isFalse();
    }

    @Test
    void consensus_condorcetProfileWithItsDuals_provesOneThird() {
        var game = PreferenceGame.of(new double[][][] {
            {{0.5, 1, 1}, {0, 0.5, 1}, {0, 0, 0.5}},
            {{0.5, 0, 0}, {1, 0.5, 1}, {1, 0, 0.5}},
            {{0.5, 1, 0}, {0, 0.5, 0}, {1, 1, 0.5}}
        });
        // each stakeholder's favourite, one third each
        var duals = new double[][] {{1.0 / 3, 0, 0}, {0, 1.0 / 3, 0}, {0, 0, 1.0 / 3}};

        var certificate = Certify.consensus(game, THIRDS, duals);

        assertThat(certificate.deployment().largestGain()).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(certificate.figure("bound")).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(certificate.proves(1e-12)).isTrue();
        assertThat(Certify.consensus(game, THIRDS).proves(0.3)).isFalse();
    }

    @Test
    void consensus_disallowedCandidates_playOnNeitherSide() {
        var game = cycle().withAllowed(true, true, false);

        assertThat(Certify.consensus(game, new double[] {1, 0, 0}, new double[][] {{1, 0, 0}})
                        .gap())
                .isZero();
        assertRejected(
                Certify.consensus(game, new double[] {1, 0, 0}, new double[][] {{0.5, 0, 0.5}}), Kind.DISALLOWED_MASS);
    }

    @Test
    void stakeholder_opponentsByWeight_followTheirMixture() {
        var game = PreferenceGame.of(new double[][][] {CYCLE, CYCLE, CYCLE});
        var profile = new double[][] {{1, 0, 0}, {1, 0, 0}, {0, 1, 0}};
        var opponents = new double[][] {{0, 0.25, 0.75}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};

        var certificate = Certify.stakeholder(game, profile, 0, opponents);

        // q of stakeholder 0 is (1/4, 3/4, 0): candidate 0 earns 3/8, 1 earns -1/8, 2 earns 1/8 - 3/8
        assertThat(Certify.equilibrium(certificate).nashConv().getFirst()).isCloseTo(0, within(1e-15));
        assertThat(Certify.equilibrium(certificate).payoff().getFirst()).isCloseTo(0.5 + 0.375, within(1e-15));
        assertThat(Certify.equilibrium(certificate).nashConv().get(2)).isCloseTo(1, within(1e-15));
    }

    @Test
    void stakeholder_uniqueness_isClaimedOnlyWhereProved() {
        var profile = new double[][] {THIRDS, THIRDS};
        var game = two();
        var three = PreferenceGame.of(new double[][][] {CYCLE, CYCLE, CYCLE});
        var skewed = new double[][] {{0, 0.25, 0.75}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};

        assertThat(Certify.equilibrium(Certify.stakeholder(game, profile, 0.5)).uniqueGuaranteed())
                .isFalse();
        assertThat(Certify.equilibrium(Certify.stakeholder(game, profile, 0.5 + 1e-9))
                        .uniqueGuaranteed())
                .isTrue();
        assertThat(Certify.equilibrium(Certify.stakeholder(three, new double[][] {THIRDS, THIRDS, THIRDS}, 0.1))
                        .uniqueGuaranteed())
                .isTrue();
        assertThat(Certify.equilibrium(Certify.stakeholder(three, new double[][] {THIRDS, THIRDS, THIRDS}, 0.1, skewed))
                        .uniqueGuaranteed())
                .isFalse();
    }

    @Test
    void stakeholder_regularisation_doesNotHideTheUnilateralGain() {
        var preferences = new double[][] {{0.5, 1}, {0, 0.5}};
        var game =
                PreferenceGame.of(new double[][][] {preferences, preferences}).withReference(1e-9, 1);
        var profile = new double[][] {{1e-9 / (1 + 1e-9), 1 / (1 + 1e-9)}, {1e-9 / (1 + 1e-9), 1 / (1 + 1e-9)}};

        var certificate = Certify.stakeholder(game, profile, 10);

        assertThat(certificate.residual()).isLessThan(1e-9);
        assertThat(Certify.equilibrium(certificate).unilateralGain())
                .allSatisfy(gain -> assertThat(gain).isGreaterThan(0.49));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.1, 1.2})
    void population_badPreference_isRejected(double bad) {
        var p = new double[] {0.5, bad, 1 - bad, 0.5};

        assertRejected(Certify.population(PreferenceGame.of(1, 2, p), new double[] {0.5, 0.5}), Kind.NOT_A_PROBABILITY);
    }

    @Test
    void population_preferencesThatDoNotComplement_areRejectedAndCounted() {
        var p = new double[] {0.5, 0.6, 0.6, 0.6, 0.5, 0.6, 0.6, 0.6, 0.5};

        var certificate = Certify.population(PreferenceGame.of(1, 3, p), THIRDS);

        assertRejected(certificate, Kind.NOT_COMPLEMENTARY);
        assertThat(certificate.violations().getFirst().message())
                .isEqualTo("P[0][1][0] + P[0][0][1] is 1.2 (and 2 more); give P with P[i][j] + P[j][i] = 1");
    }

    @Test
    void population_diagonalThatIsNotHalf_isRejected() {
        var p = new double[] {0.4, 0.6, 0.4, 0.5};

        assertRejected(Certify.population(PreferenceGame.of(1, 2, p), new double[] {0.5, 0.5}), Kind.NOT_COMPLEMENTARY);
    }

    @Test
    void population_badPolicy_isRejected() {
        var masked = cycle().withAllowed(true, true, false);

        assertRejected(Certify.population(cycle(), new double[] {1, 0}), Kind.SHAPE);
        assertRejected(Certify.population(cycle(), new double[] {Double.NaN, 0.5, 0.5}), Kind.NOT_FINITE);
        assertRejected(Certify.population(cycle(), new double[] {Double.POSITIVE_INFINITY, 0, 0}), Kind.NOT_FINITE);
        assertRejected(Certify.population(cycle(), new double[] {1.1, -0.1, 0}), Kind.NEGATIVE_MASS);
        assertRejected(Certify.population(cycle(), new double[] {1, 1e-300, -1e-300}), Kind.NEGATIVE_MASS);
        assertRejected(Certify.population(cycle(), new double[] {0.5, 0.5, 2e-12}), Kind.NOT_NORMALISED);
        assertRejected(Certify.population(cycle(), new double[] {0, 0, 0}), Kind.NOT_NORMALISED);
        assertRejected(Certify.population(masked, new double[] {0.5, 0.5 - 1e-15, 1e-15}), Kind.DISALLOWED_MASS);
        assertThat(Certify.population(cycle(), new double[] {0.5, 0.5, 5e-13}).valid())
                .isTrue();
    }

    @Test
    void population_nothingAllowed_isRejected() {
        assertRejected(
                Certify.population(cycle().withAllowed(false, false, false), new double[] {0, 0, 0}),
                Kind.NO_CANDIDATE);
    }

    @Test
    void population_badWeights_areRejected() {
        assertRejected(Certify.population(two().withWeights(0.5, 0.6), THIRDS), Kind.NOT_NORMALISED);
        assertRejected(Certify.population(two().withWeights(1.5, -0.5), THIRDS), Kind.NEGATIVE_MASS);
        assertRejected(Certify.population(two().withWeights(Double.NaN, 1), THIRDS), Kind.NOT_FINITE);
    }

    @Test
    void population_badReferenceOrTemperature_isRejected() {
        assertRejected(Certify.population(cycle(), THIRDS, -0.1), Kind.TEMPERATURE);
        assertRejected(Certify.population(cycle(), THIRDS, Double.NaN), Kind.TEMPERATURE);
        assertRejected(Certify.population(cycle(), THIRDS, Double.POSITIVE_INFINITY), Kind.TEMPERATURE);
        assertRejected(Certify.population(cycle().withReference(0, 1, 1), THIRDS, 0.1), Kind.REFERENCE_SUPPORT);
        assertRejected(
                Certify.population(
                        cycle().withReference(0, 0, 1).withAllowed(true, true, false), new double[] {1, 0, 0}, 0.1),
                Kind.REFERENCE_SUPPORT);
        assertRejected(Certify.population(cycle().withReference(-1, 1, 1), THIRDS), Kind.NEGATIVE_MASS);
        assertRejected(Certify.population(cycle().withReference(Double.NaN, 1, 1), THIRDS), Kind.NOT_FINITE);
        assertThat(Certify.population(cycle().withReference(0, 1, 1), THIRDS, 0).valid())
                .isTrue();
    }

    @Test
    void stakeholder_badProfileOrOpponents_isRejected() {
        var profile = new double[][] {THIRDS, THIRDS};

        assertRejected(Certify.stakeholder(cycle(), new double[][] {THIRDS}, 0), Kind.NO_OPPONENT);
        assertRejected(Certify.stakeholder(two(), new double[][] {THIRDS}, 0), Kind.SHAPE);
        assertRejected(Certify.stakeholder(two(), new double[][] {THIRDS, {1, 0}}, 0.1), Kind.SHAPE);
        assertRejected(Certify.stakeholder(two(), profile, 0, new double[][] {{0, 1}}), Kind.SHAPE);
        assertRejected(Certify.stakeholder(two(), profile, 0, new double[][] {{0, 1}, {1}}), Kind.SHAPE);
        assertRejected(Certify.stakeholder(two(), profile, 0, new double[][] {{0.5, 0.5}, {1, 0}}), Kind.NO_OPPONENT);
        assertRejected(Certify.stakeholder(two(), profile, 0, new double[][] {{0, 0.9}, {1, 0}}), Kind.NOT_NORMALISED);
    }

    @Test
    void speaksOf_anythingButTheMixture_isAnotherPolicy() {
        var profile = new double[][] {{1, 0, 0}, {0, 0.5, 0.5}};
        var certificate = Certify.stakeholder(two().withWeights(0.25, 0.75), profile, 0);

        assertThat(certificate.speaksOf(0.25, 0.375, 0.375)).isTrue();
        assertThat(certificate.speaksOf(0.25, 0.375 + 1e-10, 0.375 - 1e-10)).isTrue();
        assertThat(certificate.speaksOf(0.25, 0.375 + 2e-9, 0.375 - 2e-9)).isFalse();
        assertThat(certificate.speaksOf(0.5, 0.25, 0.25)).isFalse();
        assertThat(certificate.speaksOf(Double.NaN, 0.375, 0.375)).isFalse();
        assertThat(certificate.speaksOf(1)).isFalse();
        assertThat(Certify.stakeholder(two(), new double[][] {{2, 0, 0}, THIRDS}, 0)
                        .speaksOf(1, 0, 0))
                .isFalse();
        assertThat(Certify.population(cycle(), THIRDS).speaksOf(THIRDS)).isTrue();
    }

    @Test
    void consensus_badDuals_areRejected() {
        assertRejected(Certify.consensus(cycle(), THIRDS, new double[][] {{1, 0}}), Kind.SHAPE);
        assertRejected(Certify.consensus(cycle(), THIRDS, new double[][] {{0.5, 0, 0}}), Kind.NOT_NORMALISED);
        assertRejected(Certify.consensus(cycle(), THIRDS, new double[][] {{1.5, -0.5, 0}}), Kind.NEGATIVE_MASS);
        assertRejected(Certify.consensus(cycle(), THIRDS, new double[][] {{Double.NaN, 0, 0}}), Kind.NOT_FINITE);
        assertRejected(
                Certify.consensus(cycle(), new double[] {1, 0, 1}, new double[][] {THIRDS}), Kind.NOT_NORMALISED);
    }

    /// A formulation that nobody proves: what the policy means is said, and no gap of another game.
    @Test
    void described_policy_isWorthWhatItIsAndProvesNothing() {
        var certificate = Certificate.described(cycle(), 1, 0, 0);

        assertThat(certificate.valid()).isTrue();
        assertThat(certificate.deployment())
                .isEqualTo(Certify.population(cycle(), 1, 0, 0).deployment());
        assertThat(certificate.gap()).isNaN();
        assertThat(certificate.gapTau()).isNaN();
        assertThat(certificate.proves(Double.POSITIVE_INFINITY)).isFalse();
        assertThat(certificate.figures()).isEmpty();
        assertRejected(Certificate.described(cycle(), 1, 1, 1), Kind.NOT_NORMALISED);
        assertRejected(Certificate.described(cycle().withReference(-1, 1, 1), THIRDS), Kind.NEGATIVE_MASS);
    }

    @Test
    void of_wrongShape_isAnError() {
        assertThatThrownBy(() -> PreferenceGame.of(1, 2, new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length of preferences is 3, expected 4");
        assertThatThrownBy(() -> PreferenceGame.of(new double[][][] {{{0.5, 0.5}, {0.5}}}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PreferenceGame.of(new double[0][][])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cycle().withWeights(0.5, 0.5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_callersArrays_areCopied() {
        var p = new double[] {0.5, 1, 0, 0.5};
        var game = PreferenceGame.of(1, 2, p);
        p[1] = Double.NaN;

        assertThat(Certify.population(game, new double[] {1, 0}).gap()).isZero();
    }
}
