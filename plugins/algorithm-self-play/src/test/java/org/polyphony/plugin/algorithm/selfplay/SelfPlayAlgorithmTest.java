package org.polyphony.plugin.algorithm.selfplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.games.kernel.Precision;
import org.polyphony.games.selfplay.Comal;
import org.polyphony.games.selfplay.NashMp;
import org.polyphony.games.selfplay.SelfPlaySolver;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.SpiValues;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.spi.testkit.TestGames;
import org.polyphony.support.Declarations;
import org.polyphony.verify.Certifiers;
import org.polyphony.verify.Claim;
import org.polyphony.verify.PreferenceGame;

class SelfPlayAlgorithmTest {

    private static final double[] START = {0.2, 0.5, 0.3};

    static Stream<SelfPlayMethod> unregularised() {
        return Stream.of(
                SelfPlayMethod.MWU,
                SelfPlayMethod.ITERATIVE_DPO,
                SelfPlayMethod.ONPO,
                SelfPlayMethod.COMAL,
                SelfPlayMethod.PRM_PLUS);
    }

    static Stream<SelfPlayMethod> regularised() {
        return Stream.of(
                SelfPlayMethod.INPO,
                SelfPlayMethod.MMD,
                SelfPlayMethod.EGPO,
                SelfPlayMethod.NASH_MP,
                SelfPlayMethod.NASH_MD,
                SelfPlayMethod.ONLINE_IPO_2,
                SelfPlayMethod.NASH_MD_PG);
    }

    static Stream<SelfPlayMethod> all() {
        return Stream.of(SelfPlayMethod.values());
    }

    @ParameterizedTest
    @MethodSource("all")
    void align_everyClaim_isConfirmedByTheVerifier(SelfPlayMethod method) {
        var original = TestGames.random(5, 10, 3);
        int claims = 0;
        try (var context = TestMethods.context(method)) {
            var games = context.share(original);
            var solution = new SelfPlayAlgorithm().align(AlignmentRequest.of(games, Formulation.POPULATION), context);
            for (int i = 0; i < games.buckets().size(); i++) {
                claims += confirmed(
                        games, games.buckets().get(i), solution.buckets().get(i));
            }
        }
        // these two stop, by default, at a gap that no certificate accepts, and claim nothing
        if (!(method == SelfPlayMethod.MWU || method == SelfPlayMethod.NASH_MD_PG)) {
            assertThat(claims).as("games that it claims to have solved").isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void align_extremeGames_everyClaimIsConfirmedByTheVerifier(SelfPlayMethod method) {
        for (double tau : new double[] {1e-6, 1e-2, 100}) {
            for (int seed = 0; seed < 5; seed++) {
                try (var context = TestMethods.context(method)) {
                    var games = context.share(TestGames.extreme(seed, 3));
                    var solution = new SelfPlayAlgorithm()
                            .align(
                                    AlignmentRequest.of(games, Formulation.POPULATION)
                                            .withTau(tau),
                                    context);
                    confirmed(
                            games,
                            games.buckets().getFirst(),
                            solution.buckets().getFirst());
                }
            }
        }
    }

    /// How many games an answer claims to have solved. Each claim must be one that the verifier accepts,
    /// and what is not claimed one that it does not.
    private static int confirmed(PreferenceGames games, GameBucket bucket, SolutionBucket solved) {
        int s = bucket.stakeholders();
        int k = bucket.candidates();
        int claims = 0;
        for (int n = 0; n < bucket.games(); n++) {
            int at = n * k;
            var allowed = new boolean[k];
            for (int i = 0; i < k; i++) {
                allowed[i] = bucket.allowed().getByte(at + i) == 1;
            }
            var game = PreferenceGame.of(s, k, bucket.p().toDoubles((long) n * s * k * k, s * k * k))
                    .withWeights(games.weights().toDoubles())
                    .withAllowed(allowed);
            var reached = bucket.reference()
                    .map(logs -> game.withReference(
                            Arrays.stream(logs.toDoubles(at, k)).map(Math::exp).toArray()))
                    .orElse(game);
            double tau = solved.tau().getDouble(n);
            double accepted = 1e-6 * Math.max(1, tau);
            var certificate = Certifiers.POPULATION.certify(
                    reached, Claim.of(row(solved, n, k)).atTau(tau));
            assertThat(certificate.violations()).isEmpty();
            if (solved.converged().getByte(n) == 1) {
                assertThat(certificate.proves(accepted)).as("%s", certificate).isTrue();
                claims++;
            } else {
                assertThat(certificate.residual()).isGreaterThan(accepted * (1 - 1e-5));
            }
        }
        return claims;
    }

    private static double[] row(SolutionBucket solved, int n, int k) {
        return Arrays.stream(solved.logPolicy().toDoubles((long) n * k, k))
                .map(Math::exp)
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("regularised")
    void align_tauOfTheRequest_isTheOneSolvedFor(SelfPlayMethod method) {
        var games = TestGames.of(TestGames.comalCycle());

        assertThat(solve(method, games, 0.4).tau().getDouble(0)).isEqualTo(0.4);
        assertThat(solve(method, games, 0).tau().getDouble(0)).isEqualTo(0.1);
    }

    @ParameterizedTest
    @MethodSource("unregularised")
    void align_algorithmsOfTheGameItself_sayTauZero(SelfPlayMethod method) {
        assertThat(solve(method, TestGames.of(TestGames.comalCycle()), 0.4)
                        .tau()
                        .getDouble(0))
                .isZero();
    }

    @Test
    void align_publishedCycle_comalReachesTheEquilibriumAndInpoItsPlateau() {
        var comal = solve(
                SelfPlayMethod.COMAL,
                new ComalSettings(InnerRule.INPO, 25, 0.1, Optional.of(0.3), 5_000, 1e-11),
                cycle(),
                0);
        var inpo = solve(
                SelfPlayMethod.INPO,
                new InpoSettings(0.1, Optional.of(0.3), 5_000, 1e-300, Precision.DOUBLE),
                cycle(),
                0);
        var game = PreferenceGame.of(new double[][][] {TestGames.comalCycle()}).withReference(START);

        assertThat(comal.converged().getByte(0)).isEqualTo((byte) 1);
        assertThat(Certifiers.POPULATION
                        .certify(game, Claim.of(row(comal, 0, 3)))
                        .gap())
                .isBetween(-1e-15, 1e-11);
        assertThat(row(comal, 0, 3)).containsExactly(new double[] {4 / 11.0, 3 / 11.0, 4 / 11.0}, within(1e-10));
        var plateau =
                Certifiers.POPULATION.certify(game, Claim.of(row(inpo, 0, 3)).atTau(0.1));
        assertThat(plateau.gap()).isCloseTo(0.0588277382783, within(1e-12));
        assertThat(plateau.gapTau()).isBetween(-1e-15, 1e-15);
    }

    private static PreferenceGames cycle() {
        var bucket = TestGames.bucket(List.<double[][][]>of(new double[][][] {TestGames.comalCycle()}))
                .withReference(
                        Tensor.ofDoubles(Arrays.stream(START).map(Math::log).toArray(), 1, 3));
        return TestGames.of(new double[] {1}, bucket);
    }

    /// What a trajectory is drawn from.
    @Test
    void align_growingBudgets_areTheUpdatesOneByOne() {
        double[] p = Arrays.stream(TestGames.comalCycle())
                .flatMapToDouble(Arrays::stream)
                .toArray();
        double[] logStart = Arrays.stream(START).map(Math::log).toArray();
        for (int n = 1; n < 120; n += 7) {
            var settings = new ComalSettings(InnerRule.NASH_MP, 10, 0.05, Optional.empty(), n, 1e-300);

            var answered = solve(SelfPlayMethod.COMAL, settings, cycle(), 0);

            var alone = SelfPlaySolver.of(new Comal(new NashMp(3, 0.05), 10), 1e-300, n)
                    .solve(p, 3, logStart);
            assertThat(row(answered, 0, 3)).containsExactly(alone.policy(), within(1e-15));
            assertThat(answered.iterations().getInt(0)).isEqualTo(n);
        }
    }

    @ParameterizedTest
    @CsvSource({"NASH_MP, 0", "EGPO, 0", "NASH_MD, 0", "NASH_MP, 10", "EGPO, 10", "NASH_MD, 10", "MMD, 25", "INPO, 25"})
    void align_everyInnerRule_solvesTheCycle(InnerRule inner, int innerSteps) {
        var settings = new ComalSettings(inner, innerSteps, 0.1, Optional.empty(), 50_000, 1e-8);

        var solved = solve(SelfPlayMethod.COMAL, settings, cycle(), 0);

        assertThat(solved.converged().getByte(0)).isEqualTo((byte) 1);
    }

    @Test
    void align_oneInnerUpdate_isTheLastPolicyOfMwu() {
        var comal = solve(
                SelfPlayMethod.COMAL,
                new ComalSettings(InnerRule.INPO, 1, 0.1, Optional.of(0.3), 1_000, 1e-9),
                cycle(),
                0);
        var mwu =
                solve(SelfPlayMethod.MWU, new MwuSettings(0.3, 1_000, 1e-9, Output.LAST, Precision.DOUBLE), cycle(), 0);

        assertThat(row(comal, 0, 3)).containsExactly(row(mwu, 0, 3), within(1e-9));
        assertThat(mwu.converged().getByte(0)).isZero();
    }

    @Test
    void align_winnerThatTheReferenceRulesOut_isNoEquilibriumOfTheGameItself() {
        // candidate 0 beats the others, and cannot be reached from the reference
        var bucket = TestGames.bucket(List.<double[][][]>of(new double[][][] {TestGames.condorcet(3, 0)}))
                .withReference(
                        Tensor.ofDoubles(new double[] {Double.NEGATIVE_INFINITY, Math.log(0.5), Math.log(0.5)}, 1, 3));
        var games = TestGames.of(new double[] {1}, bucket);

        var comal = solve(SelfPlayMethod.COMAL, games, 0);
        var regularised = solve(SelfPlayMethod.NASH_MP, games, 0);

        assertThat(comal.logPolicy().getDouble(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(comal.converged().getByte(0)).isZero();
        assertThat(regularised.converged().getByte(0)).isEqualTo((byte) 1);
    }

    @Test
    void align_tooFewIterations_warnsAndClaimsNothing() {
        var settings = new OnpoSettings(1, 3, 1e-6, Output.LAST);
        try (var context = TestMethods.context(SelfPlayMethod.ONPO, settings)) {
            new SelfPlayAlgorithm()
                    .align(
                            AlignmentRequest.of(context.share(TestGames.random(6, 4, 3)), Formulation.POPULATION),
                            context);

            assertThat(context.issues()).singleElement().satisfies(issue -> {
                assertThat(issue.code()).isEqualTo("NOT_CONVERGED");
                assertThat(issue.message()).contains("of 12 games").contains("raise max-iterations");
            });
        }
    }

    @Test
    void align_singlePrecision_isWhereDoublePrecisionEndsAndSaysTheGapInDouble() {
        List<double[][][]> tensors = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            tensors.add(new double[][][] {TestGames.random(n, 7)});
        }
        var games = TestGames.of(new double[] {1}, TestGames.bucket(tensors));
        for (double tau : new double[] {0.1, 0.3}) {
            var inDouble = solve(
                    SelfPlayMethod.INPO,
                    new InpoSettings(tau, Optional.empty(), 100_000, 1e-12, Precision.DOUBLE),
                    games,
                    tau);
            var inSingle = solve(
                    SelfPlayMethod.INPO,
                    new InpoSettings(tau, Optional.empty(), 100_000, 1e-6, Precision.SINGLE),
                    games,
                    tau);
            for (int n = 0; n < 100; n++) {
                assertThat(row(inSingle, n, 7)).containsExactly(row(inDouble, n, 7), within(5e-3));
                assertThat(inSingle.converged().getByte(n)).isEqualTo((byte) 1);
                assertThat(inSingle.iterations().getInt(n) % 50).isZero();
                var certificate = Certifiers.POPULATION.certify(
                        PreferenceGame.of(tensors.get(n)),
                        Claim.of(row(inSingle, n, 7)).atTau(tau));
                assertThat(certificate.gapTau()).isBetween(-1e-12, 1.001e-6);
            }
        }
    }

    @Test
    void settings_singlePrecisionOfAnAverage_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MwuSettings(0.1, 10, 1e-3, Output.AVERAGE, Precision.SINGLE))
                .withMessageContaining("set output to last");
    }

    @Test
    void align_cancelledInTheMiddleOfAGame_stops() {
        var settings = new MwuSettings(0.1, 2_000_000_000, 1e-300, Output.LAST, Precision.DOUBLE);
        try (var context = TestMethods.context(SelfPlayMethod.MWU, settings).cancelAfter(20)) {
            var request = AlignmentRequest.of(context.share(cycle()), Formulation.POPULATION);

            assertThatExceptionOfType(AlignmentException.class)
                    .isThrownBy(() -> new SelfPlayAlgorithm().align(request, context))
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.CANCELLED));
        }
    }

    @Test
    void align_stepThatDoesNotGoWithTau_isAnErrorInTheSettings() {
        var settings = new RegularisedSettings(0.1, Optional.of(5.0), 10, 1e-9);

        assertThatExceptionOfType(AlignmentException.class)
                .isThrownBy(() -> solve(SelfPlayMethod.NASH_MD, settings, cycle(), 0.5))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.SETTING_INVALID))
                .withMessageContaining("nash-md: step is 5.0 and tau 0.5");
    }

    @Test
    void selfTest_wrongNumbers_areNoticed() {
        try (var context =
                TestMethods.context(SelfPlayMethod.NASH_MP, new RegularisedSettings(0.1, Optional.empty(), 1, 1e-9))) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> new SelfPlayAlgorithm().selfTest(context))
                    .withMessageContaining("must be");
        }
    }

    @Test
    void plugins_ids_areThoseOfTheFamily() {
        assertThat(Declarations.of(SelfPlayAlgorithm.class).stream().map(Plugin::id))
                .containsExactlyInAnyOrder(
                        "mwu",
                        "iter-dpo",
                        "onpo",
                        "comal",
                        "prm-plus",
                        "inpo",
                        "mmd",
                        "egpo",
                        "nash-mp",
                        "nash-md",
                        "online-ipo-2",
                        "nash-md-pg");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void settings_numberOutOfRange_namesTheValue(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegularisedSettings(value, Optional.empty(), 1, 1))
                .withMessage("tau must be positive, got " + value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MwuSettings(value, 1, 1, Output.LAST, Precision.DOUBLE))
                .withMessage("step must be positive, got " + value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PrmPlusSettings(1, value))
                .withMessage("tolerance must be positive, got " + value);
    }

    @Test
    void settings_countsOutOfRange_nameTheValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ComalSettings(InnerRule.EGPO, -1, 1, Optional.empty(), 1, 1))
                .withMessage("inner-steps must be at least 0, got -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NashMdPgSettings(1, Optional.empty(), 1.5, 1, 1))
                .withMessage("mixture must be between 0 and 1, got 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IterativeDpoSettings(1, 0, 1))
                .withMessage("max-iterations must be at least 1, got 0");
    }

    private static SolutionBucket solve(SelfPlayMethod method, PreferenceGames games, double tau) {
        try (var context = TestMethods.context(method)) {
            return solve(context, games, tau);
        }
    }

    private static SolutionBucket solve(SelfPlayMethod method, Record settings, PreferenceGames games, double tau) {
        try (var context = TestMethods.context(method, settings)) {
            return solve(context, games, tau);
        }
    }

    private static SolutionBucket solve(TestContext context, PreferenceGames games, double tau) {
        var request = AlignmentRequest.of(context.share(games), Formulation.POPULATION);
        return SpiValues.copy(new SelfPlayAlgorithm().align(tau > 0 ? request.withTau(tau) : request, context))
                .buckets()
                .getFirst();
    }
}
