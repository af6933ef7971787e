package org.polyphony.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CertifiersTest {

    static List<Certifier> all() {
        return Certifiers.all();
    }

    @Test
    void of_everyName_isFoundOnceAndAStrangerIsNot() {
        assertThat(Certifiers.all())
                .extracting(certifier -> certifier.wording().formulation())
                .doesNotHaveDuplicates()
                .allSatisfy(name -> {
                    assertThat(name).matches("[a-z0-9]+(-[a-z0-9]+)*");
                    assertThat(Certifiers.of(name).orElseThrow().wording().formulation())
                            .isEqualTo(name);
                });
        assertThat(Certifiers.of("borda")).isEmpty();
        assertThat(Certifiers.needOpponents("borda")).isFalse();
        assertThat(Certifiers.needOpponents("stakeholder")).isTrue();
        assertThat(Certifiers.needOpponents("population")).isFalse();
    }

    /// Engine, terminal, page and documentation show these words and no others.
    @ParameterizedTest
    @MethodSource("all")
    void wording_everyFormulation_isSaid(Certifier certifier) {
        var words = certifier.wording();

        assertThat(words.title()).isNotBlank().doesNotEndWith(".");
        assertThat(words.sentence()).endsWith(".");
        assertThat(words.gap()).isNotBlank().doesNotEndWith(".");
        assertThat(words.gapTau()).isNotBlank().doesNotEndWith(".");
    }

    /// What is no answer to its game has no numbers, whichever formulation it claims to solve.
    @ParameterizedTest
    @MethodSource("all")
    void certify_noPolicy_isRejectedWithoutNumbers(Certifier certifier) {
        var game = PreferenceGame.of(new double[][][] {{{0.5, 1}, {0, 0.5}}, {{0.5, 0}, {1, 0.5}}});
        var bad = Claim.of(1, 1)
                .atTau(1)
                .withProfile(new double[] {1, 1}, new double[] {1, 1})
                .withDuals(List.<double[][]>of(new double[][] {{0.5, 0}, {0.5, 0}}));

        var certificate = certifier.certify(game, bad);

        assertThat(certificate.valid()).isFalse();
        assertThat(certificate.gap()).isNaN();
        assertThat(certificate.gapTau()).isNaN();
        assertThat(certificate.equilibrium()).isEmpty();
        assertThat(certificate.deployment().utility()).containsOnly(Double.NaN);
        assertThat(certificate.proves(Double.POSITIVE_INFINITY)).isFalse();
    }

    /// An answer without the evidence that its formulation is proved by is none, and does not throw.
    @ParameterizedTest
    @MethodSource("all")
    void certify_evidenceMissing_isRejectedUnlessOptional(Certifier certifier) {
        var game = PreferenceGame.of(new double[][][] {{{0.5, 1}, {0, 0.5}}, {{0.5, 0}, {1, 0.5}}});

        var certificate = certifier.certify(game, Claim.of(0.5, 0.5).atTau(1));

        boolean proved = certifier.evidence() == Evidence.NONE;
        assertThat(certificate.proves(1e-6)).isEqualTo(proved);
    }
}
