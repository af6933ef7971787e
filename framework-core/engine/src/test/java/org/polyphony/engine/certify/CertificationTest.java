package org.polyphony.engine.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.spi.alignment.CertificateBucket;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.tensor.Tensor;

class CertificationTest {

    private static final double[] CYCLE = {0.5, 0.1, 0.8, 0.9, 0.5, 0.1, 0.2, 0.9, 0.5};

    @Test
    void certify_equilibrium_isAccepted() {
        var certified = certify(4 / 11.0, 3 / 11.0, 4 / 11.0);
        assertThat(certified.accepted().getByte(0)).isEqualTo((byte) 1);
        assertThat(certified.gap().getDouble(0)).isCloseTo(0, within(1e-15));
    }

    @Test
    void certify_claimedButWrong_isNotBelieved() {
        var certified = certify(1, 0, 0);
        assertThat(certified.accepted().getByte(0)).isZero();
        assertThat(certified.gap().getDouble(0)).isCloseTo(0.8, within(1e-15));
    }

    @Test
    void certify_massThatDoesNotSumToOne_isNotAccepted() {
        assertThat(certify(0.5, 0.25, 0.2).accepted().getByte(0)).isZero();
    }

    @Test
    void certify_massOnARefusedCandidate_isNotAccepted() {
        var games = games(new byte[] {1, 1, 0});
        var certified =
                Certification.certify(games, Formulation.POPULATION, "x", solution(4 / 11.0, 3 / 11.0, 4 / 11.0));
        assertThat(certified.certificates().getFirst().accepted().getByte(0)).isZero();
    }

    @Test
    void certify_refusalOfAPlayableGame_isNotAccepted() {
        var refusal = PolicySolution.of(List.of(SolutionBucket.of(
                Tensor.ofDoubles(
                        new double[] {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY},
                        1,
                        3),
                Tensor.ofDoubles(new double[1], 1),
                Tensor.ofInts(new int[1], 1),
                Tensor.ofBytes(new byte[1], 1),
                Tensor.ofBytes(new byte[] {1}, 1))));
        var playable = Certification.certify(games(new byte[] {1, 1, 1}), Formulation.POPULATION, "x", refusal);
        var unsafe = Certification.certify(games(new byte[3]), Formulation.POPULATION, "x", refusal);
        assertThat(playable.certificates().getFirst().accepted().getByte(0)).isZero();
        assertThat(unsafe.certificates().getFirst().accepted().getByte(0)).isEqualTo((byte) 1);
    }

    @Test
    void certify_shapeThatDoesNotFit_namesTheAlgorithm() {
        assertThatThrownBy(() -> Certification.certify(
                        games(new byte[] {1, 1, 1}), Formulation.POPULATION, "mine", PolicySolution.of(List.of())))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("'mine'");
    }

    /// Two stakeholders at odds about two candidates: by symmetry the even policy is every cooperative
    /// solution, and it is the reference, on which no policy improves for both.
    @ParameterizedTest
    @ValueSource(strings = {"bargaining", "maxmin", "leximin", "group-robust"})
    void certify_cooperativeSolution_isAcceptedAndItsNeighbourIsNot(String formulation) {
        var right = cooperative(formulation, 0.5);
        assertThat(right.accepted().getByte(0)).isEqualTo((byte) 1);
        assertThat(right.gap().getDouble(0)).isCloseTo(0, within(1e-12));

        var wrong = cooperative(formulation, 0.51);
        assertThat(wrong.accepted().getByte(0)).isZero();
        // not a number where a stakeholder is worse off than before, which no bargain is
        assertThat(wrong.gap().getDouble(0) <= 1e-6).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bargaining", "maxmin", "leximin", "group-robust"})
    void certify_cooperativeSolutionWithoutDuals_namesTheAlgorithm(String formulation) {
        assertThatThrownBy(() ->
                        Certification.certify(games(new byte[] {1, 1, 1}), formulation, "mine", solution(1, 0, 0)))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("'mine'")
                .hasMessageContaining("duals");
    }

    @Test
    void certify_formulationNobodyKnows_isDescribedOnly() {
        var certified = Certification.certify(games(new byte[] {1, 1, 1}), "my-own", "x", solution(1, 0, 0))
                .certificates()
                .getFirst();
        assertThat(certified.gap().getDouble(0)).isCloseTo(0.8, within(1e-15));
        assertThat(certified.accepted().getByte(0)).isEqualTo((byte) 1);
    }

    private static CertificateBucket cooperative(String formulation, double first) {
        var games = PreferenceGames.of(
                List.of("one", "other"),
                Tensor.ofDoubles(new double[] {0.5, 0.5}, 2),
                List.of(GameBucket.of(
                        Tensor.ofInts(new int[1], 1),
                        Tensor.ofDoubles(new double[] {0.5, 1, 0, 0.5, 0.5, 0, 1, 0.5}, 1, 2, 2, 2))));
        var bucket = solution(first, 1 - first).buckets().getFirst();
        var tau = new SolutionBucket(
                bucket.logPolicy(),
                bucket.profile(),
                bucket.duals(),
                Tensor.ofDoubles(new double[] {0.1}, 1),
                bucket.iterations(),
                bucket.converged(),
                bucket.refused());
        // each stakeholder's favourite deviation, or the reference, half and half
        var duals = formulation.equals(Formulation.LEXIMIN)
                ? Tensor.ofDoubles(new double[] {0.5, 0, 0, 0.5, 0, 0, 0, 0}, 1, 2, 2, 2)
                : Tensor.ofDoubles(new double[] {0.25, 0.25, 0.25, 0.25}, 1, 2, 2);
        return Certification.certify(games, formulation, "x", PolicySolution.of(List.of(tau.withDuals(duals))))
                .certificates()
                .getFirst();
    }

    @Test
    void uniform_oneCandidateRefused_spreadsOverTheOthers() {
        var uniform = Certification.uniform(games(new byte[] {1, 0, 1}));
        var log = uniform.solution().buckets().getFirst().logPolicy().toDoubles();
        assertThat(Arrays.stream(log).map(Math::exp).toArray())
                .containsExactly(new double[] {0.5, 0, 0.5}, within(1e-15));
    }

    private static CertificateBucket certify(double... policy) {
        return Certification.certify(games(new byte[] {1, 1, 1}), Formulation.POPULATION, "x", solution(policy))
                .certificates()
                .getFirst();
    }

    private static PreferenceGames games(byte[] allowed) {
        return PreferenceGames.of(
                List.of("all"),
                Tensor.ofDoubles(new double[] {1}, 1),
                List.of(GameBucket.of(Tensor.ofInts(new int[1], 1), Tensor.ofDoubles(CYCLE, 1, 1, 3, 3))
                        .withAllowed(Tensor.ofBytes(allowed, 1, 3))));
    }

    private static PolicySolution solution(double... policy) {
        return PolicySolution.of(List.of(SolutionBucket.of(
                Tensor.ofDoubles(Arrays.stream(policy).map(Math::log).toArray(), 1, policy.length),
                Tensor.ofDoubles(new double[1], 1),
                Tensor.ofInts(new int[1], 1),
                Tensor.ofBytes(new byte[] {1}, 1),
                Tensor.ofBytes(new byte[1], 1))));
    }
}
