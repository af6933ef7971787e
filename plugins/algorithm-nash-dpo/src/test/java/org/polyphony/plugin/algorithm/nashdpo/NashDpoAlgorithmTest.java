package org.polyphony.plugin.algorithm.nashdpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.spi.testkit.TestGames;
import org.polyphony.verify.Certifiers;
import org.polyphony.verify.Claim;
import org.polyphony.verify.PreferenceGame;

class NashDpoAlgorithmTest {

    private static final double ROUNDING = 1e-12;

    private final NashDpoAlgorithm algorithm = new NashDpoAlgorithm();

    @Test
    void align_randomGames_theVerifierFindsNothingToGain() {
        var original = TestGames.random(5, 30, 3);
        try (var context = TestContext.forPlugin(algorithm)) {
            var games = context.share(original);
            var population = algorithm.align(AlignmentRequest.of(games, Formulation.POPULATION), context);
            var stakeholder = algorithm.align(
                    AlignmentRequest.of(games, Formulation.STAKEHOLDER).withTau(0.6), context);
            var consensus = algorithm.align(AlignmentRequest.of(games, Formulation.CONSENSUS), context);
            for (int i = 0; i < games.buckets().size(); i++) {
                var bucket = games.buckets().get(i);
                for (int n = 0; n < bucket.games(); n++) {
                    var game = game(games, bucket, n);
                    var one = Certifiers.POPULATION.certify(
                            game, Claim.of(row(population.buckets().get(i).logPolicy(), n, bucket.candidates())));
                    assertThat(one.violations()).isEmpty();
                    assertThat(one.gap()).isBetween(-ROUNDING, ROUNDING);
                    var two = Certifiers.STAKEHOLDER.certify(
                            game,
                            Claim.of()
                                    .atTau(0.6)
                                    .withProfile(rows(
                                            stakeholder
                                                    .buckets()
                                                    .get(i)
                                                    .profile()
                                                    .orElseThrow(),
                                            bucket,
                                            n)));
                    assertThat(two.violations()).isEmpty();
                    assertThat(two.equilibrium().orElseThrow().uniqueGuaranteed())
                            .isTrue();
                    assertThat(two.equilibrium().orElseThrow().nashConv()).allMatch(gain -> Math.abs(gain) <= ROUNDING);
                    var five = consensus.buckets().get(i);
                    var three = Certifiers.CONSENSUS.certify(
                            game,
                            Claim.of(row(five.logPolicy(), n, bucket.candidates()))
                                    .withDuals(
                                            List.<double[][]>of(raw(five.duals().orElseThrow(), bucket, n))));
                    assertThat(three.violations()).isEmpty();
                    assertThat(three.gap()).isBetween(-ROUNDING, ROUNDING);
                }
            }
        }
    }

    /// What is claimed is what the verifier finds, and almost every game is solved.
    ///
    /// @param solved the least share of games that must be
    @ParameterizedTest
    @CsvSource({
        "population, 0, 1",
        "population, 1e-8, 0.95",
        "population, 1e-4, 0.95",
        "population, 1, 1",
        "population, 1e4, 1",
        "stakeholder, 1e-6, 0.4",
        "stakeholder, 1e-2, 0.9",
        "stakeholder, 1, 1",
        "stakeholder, 1e4, 1",
        "consensus, 0, 1"
    })
    void align_extremeGames_whatIsClaimedIsAccepted(String formulation, double tau, double solved) {
        int claims = 0;
        int all = 0;
        for (int seed = 0; seed < 20; seed++) {
            try (var context = TestContext.forPlugin(algorithm)) {
                var games = context.share(TestGames.extreme(seed, 3));
                var request = AlignmentRequest.of(games, formulation);
                var answer = algorithm
                        .align(tau > 0 ? request.withTau(tau) : request, context)
                        .buckets()
                        .getFirst();
                var bucket = games.buckets().getFirst();
                if (formulation.equals(Formulation.STAKEHOLDER) && bucket.stakeholders() == 1) {
                    assertThat(answer.converged().toBytes()).containsOnly(0);
                    continue;
                }
                for (int n = 0; n < bucket.games(); n++) {
                    var game = extremeGame(games, bucket, n);
                    double[] policy = row(answer.logPolicy(), n, bucket.candidates());
                    var certificate = switch (formulation) {
                        case Formulation.POPULATION ->
                            Certifiers.POPULATION.certify(game, Claim.of(policy).atTau(tau));
                        case Formulation.CONSENSUS ->
                            Certifiers.CONSENSUS.certify(
                                    game,
                                    Claim.of(policy)
                                            .withDuals(List.<double[][]>of(
                                                    raw(answer.duals().orElseThrow(), bucket, n))));
                        default ->
                            Certifiers.STAKEHOLDER.certify(
                                    game,
                                    Claim.of()
                                            .atTau(tau)
                                            .withProfile(rows(answer.profile().orElseThrow(), bucket, n)));
                    };
                    all++;
                    if (answer.converged().getByte(n) == 1) {
                        claims++;
                        assertThat(certificate.proves(1e-6 * Math.max(1, tau)))
                                .as("seed %d, game %d: %s", seed, n, certificate)
                                .isTrue();
                    }
                }
            }
        }
        assertThat(claims).isGreaterThanOrEqualTo((int) (solved * all));
    }

    private static PreferenceGame extremeGame(PreferenceGames games, GameBucket bucket, int n) {
        int k = bucket.candidates();
        var allowed = new boolean[k];
        for (int i = 0; i < k; i++) {
            allowed[i] = bucket.allowed().getByte((long) n * k + i) == 1;
        }
        return game(games, bucket, n)
                .withAllowed(allowed)
                .withReference(row(bucket.reference().orElseThrow(), n, k));
    }

    @Test
    void align_stakeholderExactly_theVerifierFindsNothingToGainAtTauZero() {
        try (var context = TestContext.of(TestSettings.exactStakeholders())) {
            algorithm.selfTest(context);
            var games = context.share(TestGames.random(6, 30, 3));
            var solution = algorithm.align(AlignmentRequest.of(games, Formulation.STAKEHOLDER), context);
            for (int i = 0; i < games.buckets().size(); i++) {
                var bucket = games.buckets().get(i);
                var answer = solution.buckets().get(i);
                for (int n = 0; n < bucket.games(); n++) {
                    var found = Certifiers.STAKEHOLDER.certify(
                            game(games, bucket, n),
                            Claim.of()
                                    .atTau(0)
                                    .withProfile(rows(answer.profile().orElseThrow(), bucket, n)));
                    assertThat(found.violations()).isEmpty();
                    assertThat(found.equilibrium().orElseThrow().nashConv())
                            .allMatch(gain -> Math.abs(gain) <= ROUNDING);
                    assertThat(answer.tau().getDouble(n)).isZero();
                }
            }
            assertThatExceptionOfType(AlignmentException.class)
                    .isThrownBy(() -> algorithm.align(
                            AlignmentRequest.of(games, Formulation.STAKEHOLDER).withTau(0.1), context))
                    .withMessageContaining("mirror-prox");
        }
    }

    @Test
    void align_populationWithTau_isTheRegularisedGame() {
        try (var context = TestContext.forPlugin(algorithm)) {
            var games = context.share(TestGames.of(TestGames.comalCycle(), TestGames.random(3, 3)));
            var bucket = algorithm
                    .align(AlignmentRequest.of(games, Formulation.POPULATION).withTau(0.3), context)
                    .buckets()
                    .getFirst();

            assertThat(bucket.tau().getDouble(0)).isEqualTo(0.3);
            var certificate = Certifiers.POPULATION.certify(
                    game(games, games.buckets().getFirst(), 0),
                    Claim.of(row(bucket.logPolicy(), 0, 3)).atTau(0.3));
            assertThat(certificate.gapTau()).isBetween(-ROUNDING, ROUNDING);
            assertThat(certificate.gap()).isGreaterThan(1e-3);
        }
    }

    @Test
    void align_unsafeCandidateWithMajorityWeight_getsNothing() {
        // candidate 0 wins for everybody, but may not play
        var bucket = TestGames.withAllowed(
                TestGames.bucket(
                        List.<double[][][]>of(new double[][][] {TestGames.condorcet(3, 0), TestGames.condorcet(3, 0)})),
                0,
                1,
                1);
        for (var formulation :
                NashDpoAlgorithm.class.getAnnotation(Plugin.class).formulations()) {
            var solved = solve(TestGames.of(new double[] {0.9, 0.1}, bucket), formulation);

            assertThat(solved.logPolicy()[0]).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(solved.converged()).isTrue();
        }
    }

    @Test
    void align_someCandidatesUnsafe_theCertificateIsOfTheGameOfTheOthers() {
        var original = TestGames.withRandomMasks(TestGames.random(31, 80, 2), 31);
        int solved = 0;
        try (var context = TestContext.forPlugin(algorithm)) {
            var games = context.share(original);
            var population = algorithm.align(AlignmentRequest.of(games, Formulation.POPULATION), context);
            var consensus = algorithm.align(AlignmentRequest.of(games, Formulation.CONSENSUS), context);
            for (int i = 0; i < games.buckets().size(); i++) {
                var bucket = games.buckets().get(i);
                int k = bucket.candidates();
                for (int n = 0; n < bucket.games(); n++) {
                    var allowed = allowed(bucket, n);
                    if (allowed.isEmpty()) {
                        assertThat(population.buckets().get(i).refused().getByte(n))
                                .isEqualTo((byte) 1);
                        continue;
                    }
                    var among = subGame(games, bucket, n, allowed);
                    double[] one = restrict(row(population.buckets().get(i).logPolicy(), n, k), allowed);
                    assertThat(Certifiers.POPULATION
                                    .certify(among, Claim.of(one))
                                    .gap())
                            .isBetween(-ROUNDING, ROUNDING);
                    double[] five = restrict(row(consensus.buckets().get(i).logPolicy(), n, k), allowed);
                    var duals = Arrays.stream(
                                    raw(consensus.buckets().get(i).duals().orElseThrow(), bucket, n))
                            .map(dual -> restrict(dual, allowed))
                            .toArray(double[][]::new);
                    assertThat(Certifiers.CONSENSUS
                                    .certify(among, Claim.of(five).withDuals(List.<double[][]>of(duals)))
                                    .gap())
                            .isBetween(-ROUNDING, ROUNDING);
                    solved++;
                }
            }
        }
        assertThat(solved).isGreaterThan(100);
    }

    private static List<Integer> allowed(GameBucket bucket, int n) {
        var allowed = new ArrayList<Integer>();
        for (int i = 0; i < bucket.candidates(); i++) {
            if (bucket.allowed().getByte((long) n * bucket.candidates() + i) == 1) {
                allowed.add(i);
            }
        }
        return allowed;
    }

    // the game written down without the unsafe candidates
    private static PreferenceGame subGame(PreferenceGames games, GameBucket bucket, int n, List<Integer> allowed) {
        int k = allowed.size();
        var p = new double[bucket.stakeholders() * k * k];
        int at = 0;
        for (int s = 0; s < bucket.stakeholders(); s++) {
            for (int i : allowed) {
                for (int j : allowed) {
                    p[at++] = bucket.p().at(n, s, i, j);
                }
            }
        }
        return PreferenceGame.of(bucket.stakeholders(), k, p)
                .withWeights(games.weights().toDoubles());
    }

    private static double[] restrict(double[] values, List<Integer> allowed) {
        return allowed.stream().mapToDouble(i -> values[i]).toArray();
    }

    @Test
    void align_oneStakeholder_meetsACopyOfItself() {
        var games = TestGames.of(TestGames.comalCycle());

        var alone = solve(games, Formulation.STAKEHOLDER);

        // what has no opponent cannot be certified, so nothing is claimed
        assertThat(alone.converged()).isFalse();
        try (var context = TestContext.forPlugin(algorithm)) {
            var population = algorithm
                    .align(
                            AlignmentRequest.of(context.share(games), Formulation.POPULATION)
                                    .withTau(0.1),
                            context)
                    .buckets()
                    .getFirst();
            assertThat(alone.logPolicy()).containsExactly(population.logPolicy().toDoubles(), within(1e-12));
        }
    }

    @Test
    void align_referenceWithoutMassOnACandidate_leavesItOutWhereRegularised() {
        var bucket = TestGames.bucket(
                        List.<double[][][]>of(new double[][][] {TestGames.comalCycle(), TestGames.random(4, 3)}))
                .withReference(
                        Tensor.ofDoubles(new double[] {Math.log(0.5), Double.NEGATIVE_INFINITY, Math.log(0.5)}, 1, 3));
        var games = TestGames.of(new double[] {0.5, 0.5}, bucket);

        assertThat(solve(games, Formulation.STAKEHOLDER).logPolicy()[1]).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Math.exp(solve(games, Formulation.CONSENSUS).logPolicy()[1])).isPositive();
    }

    @Test
    void align_notANumber_saysWhichItem() {
        var p = new double[] {0.5, Double.NaN, 0.5, 0.5};
        var games = PreferenceGames.of(
                List.of("all"),
                Tensor.ofDoubles(new double[] {1}, 1),
                List.of(GameBucket.of(Tensor.ofInts(new int[] {17}, 1), Tensor.ofDoubles(p, 1, 1, 2, 2))));

        assertThatExceptionOfType(AlignmentException.class)
                .isThrownBy(() -> solve(games, Formulation.POPULATION))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.GAME_INVALID))
                .withMessageContaining("item 17")
                .withMessageContaining("NaN");
    }

    @Test
    void align_tooFewSteps_warnsAndClaimsNothing() {
        var settings = TestSettings.tabular(PopulationMethod.EXACT, 1e-6, 100, 0.05, true, 1e-12, 8);
        try (var context = TestContext.of(settings)) {
            var games = context.share(TestGames.random(6, 4, 3));

            var solution = algorithm.align(AlignmentRequest.of(games, Formulation.STAKEHOLDER), context);

            assertThat(solution.buckets().getLast().converged().toBytes()).contains((byte) 0);
            assertThat(context.issues()).singleElement().satisfies(issue -> {
                assertThat(issue.code()).isEqualTo("NOT_CONVERGED");
                assertThat(issue.message()).contains("of 12 games").contains("raise tau");
            });
        }
    }

    @Test
    void align_manyGames_reportsProgressToTheEnd() {
        try (var context = TestContext.forPlugin(algorithm).withThreads(1)) {
            algorithm.align(
                    AlignmentRequest.of(context.share(TestGames.random(7, 200, 2)), Formulation.POPULATION), context);

            assertThat(context.steps()).hasSizeGreaterThan(3);
            assertThat(context.steps().getLast()).isEqualTo(new TestContext.Progress(600, 600));
        }
    }

    @Test
    void selfTest_wrongNumbers_areNoticed() {
        // eight steps of mirror-prox cannot reach the golden numbers
        var settings = TestSettings.tabular(PopulationMethod.PRM_PLUS, 1e-12, 3, 0.1, true, 1e-12, 1);
        try (var context = TestContext.of(settings)) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> algorithm.selfTest(context))
                    .withMessageContaining("must be");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void settings_tauOutOfRange_namesTheValue(double tau) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSettings.tabular(PopulationMethod.EXACT, 1e-6, 1, tau, true, 1e-12, 1))
                .withMessage("tau must be positive, got " + tau);
    }

    private record Solved(double[] logPolicy, boolean converged) {}

    private Solved solve(PreferenceGames games, String formulation) {
        try (var context = TestContext.forPlugin(algorithm)) {
            SolutionBucket bucket = algorithm
                    .align(AlignmentRequest.of(context.share(games), formulation), context)
                    .buckets()
                    .getFirst();
            return new Solved(bucket.logPolicy().toDoubles(), bucket.converged().getByte(0) == 1);
        }
    }

    private static PreferenceGame game(PreferenceGames games, GameBucket bucket, int n) {
        int s = bucket.stakeholders();
        int k = bucket.candidates();
        double[] p = bucket.p().toDoubles((long) n * s * k * k, s * k * k);
        return PreferenceGame.of(s, k, p).withWeights(games.weights().toDoubles());
    }

    private static double[] row(Tensor logarithms, int n, int k) {
        return Arrays.stream(logarithms.toDoubles((long) n * k, k))
                .map(Math::exp)
                .toArray();
    }

    private static double[][] rows(Tensor logarithms, GameBucket bucket, int n) {
        var rows = new ArrayList<double[]>();
        for (int s = 0; s < bucket.stakeholders(); s++) {
            rows.add(row(logarithms, n * bucket.stakeholders() + s, bucket.candidates()));
        }
        return rows.toArray(double[][]::new);
    }

    private static double[][] raw(Tensor values, GameBucket bucket, int n) {
        int k = bucket.candidates();
        var rows = new ArrayList<double[]>();
        for (int s = 0; s < bucket.stakeholders(); s++) {
            rows.add(values.toDoubles((long) (n * bucket.stakeholders() + s) * k, k));
        }
        return rows.toArray(double[][]::new);
    }
}
