package org.polyphony.plugin.algorithm.welfare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.spi.testkit.TestGames;
import org.polyphony.verify.Certificate;
import org.polyphony.verify.Certifiers;
import org.polyphony.verify.Claim;
import org.polyphony.verify.PreferenceGame;

class WelfareAlgorithmTest {

    /// What the engine accepts.
    private static final double TOLERANCE = 1e-6;

    private final WelfareAlgorithm algorithm = new WelfareAlgorithm();

    @ParameterizedTest
    @CsvSource({"bargaining, 0.1", "bargaining, 1", "leximin, 0.1", "maxmin, 0", "maxmin, 0.05", "group-robust, 0.1"})
    void align_randomGames_theVerifierProvesEveryAnswerAndNoNeighbour(String formulation, double tau) {
        var random = new SplittableRandom(3);
        int rejected = 0;
        int moved = 0;
        try (var context = TestContext.forPlugin(algorithm)) {
            var games = context.share(TestGames.random(5, 60, 3));
            var request =
                    new AlignmentRequest(games, formulation, tau > 0 ? OptionalDouble.of(tau) : OptionalDouble.empty());
            var solution = algorithm.align(request, context);
            for (int i = 0; i < games.buckets().size(); i++) {
                var bucket = games.buckets().get(i);
                var answer = solution.buckets().get(i);
                for (int n = 0; n < bucket.games(); n++) {
                    double[] policy = probabilities(answer.logPolicy(), n, bucket.candidates());

                    var certificate = certify(formulation, games, bucket, answer, n, policy);

                    assertThat(certificate.violations()).isEmpty();
                    assertThat(certificate.residual()).as("game %d", n).isLessThan(1e-7);
                    assertThat(certificate.proves(TOLERANCE))
                            .as("game %d: %s", n, certificate)
                            .isTrue();
                    // an optimum is flat, so that a policy next to it may be as good: what is rejected has a larger
                    // residual
                    double[] other = neighbour(random, policy, bucket, n);
                    var wrong = certify(formulation, games, bucket, answer, n, other);
                    moved++;
                    rejected += wrong.proves(TOLERANCE) ? 0 : 1;
                    assertThat(wrong.proves(TOLERANCE)).isEqualTo(wrong.residual() + wrong.rounding() <= TOLERANCE);
                }
            }
        }
        assertThat(rejected).isGreaterThan(moved * 9 / 10);
    }

    /// What is claimed is what the verifier finds, and where τ is no smaller than doubles can hold
    /// almost every game is solved.
    ///
    /// @param solved the least share of games that must be
    @ParameterizedTest
    @CsvSource({
        "leximin, 0, 1",
        "maxmin, 0, 1",
        "maxmin, 1e-8, 1",
        "maxmin, 1e-6, 1",
        "maxmin, 1e-2, 1",
        "maxmin, 1e4, 1",
        "group-robust, 1e-6, 0.05",
        "group-robust, 1e-4, 0.2",
        "group-robust, 1e-2, 1",
        "group-robust, 1e4, 1",
        "bargaining, 1e-8, 0.4",
        "bargaining, 1e-6, 0.8",
        "bargaining, 1e-4, 0.9",
        "bargaining, 1e-1, 0.9",
        "bargaining, 100, 0.9",
        "bargaining, 1e4, 0.9"
    })
    void align_extremeGames_whatIsClaimedIsAccepted(String formulation, double tau, double solved) {
        int claims = 0;
        int all = 0;
        for (int seed = 0; seed < 40; seed++) {
            try (var context = TestContext.forPlugin(algorithm)) {
                var games = context.share(TestGames.extreme(seed, 4));
                var answer = algorithm
                        .align(
                                new AlignmentRequest(
                                        games, formulation, tau > 0 ? OptionalDouble.of(tau) : OptionalDouble.empty()),
                                context)
                        .buckets()
                        .getFirst();
                var bucket = games.buckets().getFirst();
                for (int n = 0; n < bucket.games(); n++) {
                    double[] policy = probabilities(answer.logPolicy(), n, bucket.candidates());
                    var certificate = certify(formulation, games, bucket, answer, n, policy);
                    all++;
                    if (answer.converged().getByte(n) == 1) {
                        claims++;
                        assertThat(certificate.proves(TOLERANCE * Math.max(1, tau)))
                                .as("seed %d, game %d: %s", seed, n, certificate)
                                .isTrue();
                    }
                }
            }
        }
        assertThat(claims).isGreaterThanOrEqualTo((int) (solved * all));
    }

    @Test
    void align_bargainingByWeight_isTheBargainOfThoseWeightsAndNotOfEqualOnes() {
        var settings = new WelfareSettings(0.1, BargainingPower.BY_WEIGHT, 0, 0.1);
        try (var context = TestContext.of(settings)) {
            var games = context.share(TestGames.of(
                    new double[] {0.8, 0.2},
                    new double[][] {{0.5, 1, 1}, {0, 0.5, 1}, {0, 0, 0.5}},
                    new double[][] {{0.5, 0, 0}, {1, 0.5, 1}, {1, 0, 0.5}}));
            var answer = algorithm
                    .align(AlignmentRequest.of(games, Formulation.BARGAINING), context)
                    .buckets()
                    .getFirst();
            var bucket = games.buckets().getFirst();
            var duals = duals(answer.duals().orElseThrow(), bucket, 0, false).getFirst();
            double[] policy = probabilities(answer.logPolicy(), 0, 3);

            var claim = Claim.of(policy).atTau(0.1).withDuals(List.<double[][]>of(duals));
            var weighted = Certifiers.BARGAINING.certify(game(games, bucket, 0), claim);
            var equal = Certifiers.BARGAINING.certify(game(games, bucket, 0).withWeights(0.5, 0.5), claim);

            assertThat(weighted.figure("improves")).isOne();
            assertThat(weighted.proves(TOLERANCE)).isTrue();
            assertThat(equal.proves(TOLERANCE)).isFalse();
        }
    }

    @Test
    void align_nothingBetterForEverybody_deploysTheReferenceAndSaysSo() {
        double[][] likes = {{0.5, 1}, {0, 0.5}};
        double[][] dislikes = {{0.5, 0}, {1, 0.5}};
        try (var context = TestContext.forPlugin(algorithm)) {
            var games = context.share(TestGames.of(likes, dislikes));

            var answer = algorithm
                    .align(AlignmentRequest.of(games, Formulation.BARGAINING), context)
                    .buckets()
                    .getFirst();

            assertThat(probabilities(answer.logPolicy(), 0, 2)).containsExactly(0.5, 0.5);
            assertThat(answer.converged().getByte(0)).isEqualTo((byte) 1);
            assertThat(context.issues()).singleElement().satisfies(issue -> {
                assertThat(issue.code()).isEqualTo("NO_JOINT_IMPROVEMENT");
                assertThat(issue.message()).contains("1 of 1 games").contains("reference");
            });
            var bucket = games.buckets().getFirst();
            var certificate = certify("bargaining", games, bucket, answer, 0, new double[] {0.5, 0.5});
            assertThat(certificate.proves(TOLERANCE)).isTrue();
        }
    }

    @Test
    void settings_tauZeroWhereAKernelNeedsOne_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WelfareSettings(0, BargainingPower.EQUAL, 0, 0.1))
                .withMessageContaining("bargaining-tau");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WelfareSettings(0.1, BargainingPower.EQUAL, -1, 0.1))
                .withMessageContaining("maxmin-tau");
    }

    @Test
    void selfTest_allIsWell() {
        try (var context = TestContext.forPlugin(algorithm)) {
            algorithm.selfTest(context);
        }
    }

    private static double[] neighbour(SplittableRandom random, double[] policy, GameBucket bucket, int n) {
        var other = policy.clone();
        double sum = 0;
        for (int i = 0; i < other.length; i++) {
            boolean allowed = bucket.allowed().getByte((long) n * other.length + i) == 1;
            other[i] = allowed ? other[i] + random.nextDouble(0.02, 0.1) : 0;
            sum += other[i];
        }
        for (int i = 0; i < other.length; i++) {
            other[i] /= sum;
        }
        return other;
    }

    private static Certificate certify(
            String formulation,
            PreferenceGames games,
            GameBucket bucket,
            SolutionBucket answer,
            int n,
            double[] policy) {
        var duals = duals(answer.duals().orElseThrow(), bucket, n, formulation.equals(Formulation.LEXIMIN));
        var claim = Claim.of(policy).atTau(answer.tau().getDouble(n)).withDuals(duals);
        return Certifiers.of(formulation).orElseThrow().certify(game(games, bucket, n), claim);
    }

    private static List<double[][]> duals(Tensor tensor, GameBucket bucket, int n, boolean levels) {
        int s = bucket.stakeholders();
        int k = bucket.candidates();
        int mixtures = levels ? s : 1;
        List<double[][]> all = new ArrayList<>();
        for (int level = 0; level < mixtures; level++) {
            var rows = new double[s][];
            for (int r = 0; r < s; r++) {
                rows[r] = tensor.toDoubles((((long) n * mixtures + level) * s + r) * k, k);
            }
            all.add(rows);
        }
        return all;
    }

    private static PreferenceGame game(PreferenceGames games, GameBucket bucket, int n) {
        int s = bucket.stakeholders();
        int k = bucket.candidates();
        var allowed = new boolean[k];
        for (int i = 0; i < k; i++) {
            allowed[i] = bucket.allowed().getByte((long) n * k + i) == 1;
        }
        var game = PreferenceGame.of(s, k, bucket.p().toDoubles((long) n * s * k * k, s * k * k))
                .withWeights(games.weights().toDoubles())
                .withAllowed(allowed);
        return bucket.reference()
                .map(logs -> game.withReference(probabilities(logs, n, k)))
                .orElse(game);
    }

    private static double[] probabilities(Tensor logs, int n, int k) {
        return Arrays.stream(logs.toDoubles((long) n * k, k)).map(Math::exp).toArray();
    }
}
