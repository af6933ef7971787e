package org.polyphony.engine.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.spi.alignment.CertificateBucket;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.verify.Certificate;

class CertificationTest {

    private static final double[] CYCLE = {0.5, 0.1, 0.8, 0.9, 0.5, 0.1, 0.2, 0.9, 0.5};

    private final List<HeldBack> held = new ArrayList<>();

    @Test
    void certify_equilibrium_isAccepted() {
        var certified = certify(4 / 11.0, 3 / 11.0, 4 / 11.0);
        assertThat(certified.accepted().getByte(0)).isEqualTo((byte) 1);
        assertThat(certified.gap().getDouble(0)).isCloseTo(0, within(1e-15));
    }

    @Test
    void certify_claimedButWrong_isRejectedAndNothingOfItIsLeft() {
        var certified = certify(games(new byte[] {1, 1, 1}), Formulation.POPULATION, solution(1, 0, 0));
        assertThat(Standing.of(certified, 0)).isEqualTo(Standing.REJECTED);
        assertThat(certified.certificates().getFirst().gap().getDouble(0)).isCloseTo(0.8, within(1e-15));
        assertThat(certified.certificates().getFirst().deployment().utility().getDouble(0))
                .isNaN();
        assertEmpty(certified);
        assertThat(held).singleElement().satisfies(one -> {
            assertThat(one.code()).isEqualTo(HeldBack.REJECTED);
            assertThat(one.why()).contains("0.8");
        });
    }

    @Test
    void certify_wrongAndSaysSo_isValid() {
        var said = solution(1, 0, 0).buckets().getFirst();
        said.converged().setByte(0, (byte) 0);
        var certified = certify(games(new byte[] {1, 1, 1}), Formulation.POPULATION, PolicySolution.of(List.of(said)));
        assertThat(Standing.of(certified, 0)).isEqualTo(Standing.VALID);
        assertThat(certified.solution().buckets().getFirst().logPolicy().getDouble(0))
                .isZero();
        assertThat(held).isEmpty();
    }

    @Test
    void certify_parametricPolicyThatProvesNothing_isValid() {
        var artefact = new Artefact("x", 1, Map.of(), Map.of());
        var certified = certify(
                games(new byte[] {1, 1, 1}),
                Formulation.POPULATION,
                solution(1, 0, 0).withPolicy(artefact));
        assertThat(Standing.of(certified, 0)).isEqualTo(Standing.VALID);
    }

    @Test
    void certify_massThatDoesNotSumToOne_isRefused() {
        assertBreach(games(new byte[] {1, 1, 1}), solution(0.5, 0.25, 0.2), "sums to 0.95");
    }

    @Test
    void certify_roundingOfASum_isDividedOut() {
        var certified = certify(
                games(new byte[] {1, 1, 1}), Formulation.POPULATION, solution(4 / 11.0 + 5e-10, 3 / 11.0, 4 / 11.0));
        assertThat(Standing.of(certified, 0)).isEqualTo(Standing.CERTIFIED);
        var log = certified.solution().buckets().getFirst().logPolicy().toDoubles();
        assertThat(Arrays.stream(log).map(Math::exp).sum()).isCloseTo(1, within(1e-15));
        assertBreach(games(new byte[] {1, 1, 1}), solution(4 / 11.0 + 2e-9, 3 / 11.0, 4 / 11.0), "sums to");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1e-12, 1e-300, 4.9e-324})
    void certify_massOnARefusedCandidate_isRefused(double mass) {
        assertBreach(games(new byte[] {1, 1, 0}), solution(0, 1 - mass, mass), "candidate 2, which may not be played");
    }

    @Test
    void certify_massOnARefusedCandidateThatUnderflows_isRefused() {
        var solution = solution(0, 1, 0);
        solution.buckets().getFirst().logPolicy().setDouble(2, -1e6);
        assertBreach(games(new byte[] {1, 1, 0}), solution, "candidate 2, which may not be played");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 800})
    void certify_logarithmThatIsNone_isRefused(double log) {
        var solution = solution(0, 1, 0);
        solution.buckets().getFirst().logPolicy().setDouble(0, log);
        assertBreach(games(new byte[] {1, 1, 1}), solution, "its policy");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1})
    void certify_tauThatIsNone_isRefused(double tau) {
        var solution = solution(4 / 11.0, 3 / 11.0, 4 / 11.0);
        solution.buckets().getFirst().tau().setDouble(0, tau);
        assertBreach(games(new byte[] {1, 1, 1}), solution, "its tau is");
    }

    @Test
    void certify_answerWrittenLater_isNotWhatWasChecked() {
        var solution = solution(4 / 11.0, 3 / 11.0, 4 / 11.0);
        var certified = certify(games(new byte[] {1, 1, 1}), Formulation.POPULATION, solution);
        solution.buckets().getFirst().logPolicy().fill(Double.NaN);
        assertThat(certified.solution().buckets().getFirst().logPolicy().getDouble(0))
                .isCloseTo(Math.log(4 / 11.0), within(1e-15));
    }

    @Test
    void certify_gameThatWasRewritten_isNoGame() {
        var games = games(new byte[] {1, 1, 1});
        var sealed = SealedGames.of(games);
        assertThat(sealed.hold()).isTrue();
        games.buckets().getFirst().p().setDouble(1, 0.4999);
        assertThat(sealed.hold()).isFalse();
        assertThatThrownBy(() -> Certification.certify(
                        sealed, Formulation.POPULATION, "mine", solution(4 / 11.0, 3 / 11.0, 4 / 11.0), held::add))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("rewritten");
        games.buckets().getFirst().p().setDouble(1, 0.1);
        assertThat(sealed.hold()).isTrue();
        games.buckets().getFirst().allowed().setByte(0, (byte) 0);
        assertThat(sealed.hold()).isFalse();
    }

    @Test
    void tolerance_largeTau_growsWithIt() {
        assertThat(Certificate.tolerance(0)).isEqualTo(1e-6);
        assertThat(Certificate.tolerance(1)).isEqualTo(1e-6);
        assertThat(Certificate.tolerance(100)).isCloseTo(1e-4, within(1e-18));
    }

    private void assertBreach(PreferenceGames games, PolicySolution solution, String why) {
        held.clear();
        var certified = certify(games, Formulation.POPULATION, solution);
        assertThat(Standing.of(certified, 0)).isEqualTo(Standing.REFUSED);
        assertEmpty(certified);
        assertThat(held).singleElement().satisfies(one -> {
            assertThat(one.code()).isEqualTo(HeldBack.BROKEN);
            assertThat(one.why()).contains(why);
        });
    }

    private static void assertEmpty(CertifiedSolution certified) {
        var bucket = certified.solution().buckets().getFirst();
        assertThat(bucket.logPolicy().toDoubles()).containsOnly(Double.NEGATIVE_INFINITY);
        assertThat(bucket.refused().getByte(0)).isEqualTo((byte) 1);
    }

    private CertifiedSolution certify(PreferenceGames games, String formulation, PolicySolution solution) {
        return Certification.certify(SealedGames.of(games), formulation, "x", solution, held::add);
    }

    @Test
    void certify_refusalOfAPlayableGame_isRejected() {
        var refusal = PolicySolution.of(List.of(SolutionBucket.of(
                Tensor.ofDoubles(
                        new double[] {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY},
                        1,
                        3),
                Tensor.ofDoubles(new double[1], 1),
                Tensor.ofInts(new int[1], 1),
                Tensor.ofBytes(new byte[1], 1),
                Tensor.ofBytes(new byte[] {1}, 1))));
        var playable = certify(games(new byte[] {1, 1, 1}), Formulation.POPULATION, refusal);
        assertThat(held).singleElement().satisfies(one -> assertThat(one.why()).contains("3 candidates"));
        var unsafe = certify(games(new byte[3]), Formulation.POPULATION, refusal);
        assertThat(Standing.of(playable, 0)).isEqualTo(Standing.REJECTED);
        assertThat(Standing.of(unsafe, 0)).isEqualTo(Standing.REFUSED);
        assertThat(held).hasSize(1);
    }

    @Test
    void certify_shapeThatDoesNotFit_namesTheAlgorithm() {
        var right = solution(1, 0, 0).buckets().getFirst();
        for (var wrong : List.of(
                PolicySolution.of(List.of()),
                PolicySolution.of(List.of(right, right)),
                solution(0.5, 0.5),
                PolicySolution.of(List.of(withLogs(right, right.logPolicy().reshape(3)))),
                PolicySolution.of(List.of(withLogs(right, Tensor.ofLongs(new long[3], 1, 3)))))) {
            assertThatThrownBy(() -> Certification.certify(
                            SealedGames.of(games(new byte[] {1, 1, 1})),
                            Formulation.POPULATION,
                            "mine",
                            wrong,
                            held::add))
                    .isInstanceOf(AlignmentException.class)
                    .hasMessageContaining("'mine'");
        }
    }

    private static SolutionBucket withLogs(SolutionBucket bucket, Tensor logs) {
        return SolutionBucket.of(logs, bucket.tau(), bucket.iterations(), bucket.converged(), bucket.refused());
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
        assertThatThrownBy(() -> certify(games(new byte[] {1, 1, 1}), formulation, solution(1, 0, 0)))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("'x'")
                .hasMessageContaining("duals");
    }

    @Test
    void certify_formulationNobodyKnows_isValidAndHasNoGapOfAnotherGame() {
        var certified = certify(games(new byte[] {1, 1, 1}), "my-own", solution(1, 0, 0));
        assertThat(Standing.of(certified, 0)).isEqualTo(Standing.VALID);
        assertThat(Standing.VALID.count(certified)).isOne();
        assertThat(Standing.CERTIFIED.count(certified)).isZero();
        var certificate = certified.certificates().getFirst();
        assertThat(certificate.gap().getDouble(0)).isNaN();
        assertThat(certificate.gapTau().getDouble(0)).isNaN();
        assertThat(certificate.deployment().unilateralGain().getDouble(0)).isCloseTo(0.4, within(1e-15));
    }

    private CertificateBucket cooperative(String formulation, double first) {
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
        return certify(games, formulation, PolicySolution.of(List.of(tau.withDuals(duals))))
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

    private CertificateBucket certify(double... policy) {
        return certify(games(new byte[] {1, 1, 1}), Formulation.POPULATION, solution(policy))
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
