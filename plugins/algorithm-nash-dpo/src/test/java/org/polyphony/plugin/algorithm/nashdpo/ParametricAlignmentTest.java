package org.polyphony.plugin.algorithm.nashdpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.SpiValues;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.spi.testkit.TestGames;
import org.polyphony.verify.Certifiers;
import org.polyphony.verify.Claim;
import org.polyphony.verify.PreferenceGame;

class ParametricAlignmentTest {

    private final NashDpoAlgorithm algorithm = new NashDpoAlgorithm();
    private final NashDpoPolicyScorer scorer = new NashDpoPolicyScorer();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"LINEAR", "MLP"})
    void align_population_answersTheGamesAsTheScorerDoes(PolicyForm form) {
        var games = FeatureGames.of(1, 20);
        var solution = solve(games, Formulation.POPULATION, settings(form, 1), 2);

        var policy = solution.policy().orElseThrow();
        for (int i = 0; i < 2; i++) {
            var bucket = games.buckets().get(i);
            var scored = score(policy, bucket.features().orElseThrow(), bucket.allowed());
            double[] answered = exp(solution.buckets().get(i).logPolicy());
            assertThat(exp(scored)).containsExactly(answered, within(1e-12));
        }
    }

    @Test
    void align_unseenCandidates_areAnsweredNearTheirEquilibrium() {
        var policy = solve(FeatureGames.of(1, 40), Formulation.POPULATION, settings(PolicyForm.LINEAR, 0.1), 2)
                .policy()
                .orElseThrow();

        var unseen = FeatureGames.bucket(77, 0, 50, 5);
        var scored = score(policy, unseen.features().orElseThrow(), unseen.allowed());
        double gap = 0;
        for (int n = 0; n < 50; n++) {
            var certificate = Certifiers.POPULATION.certify(
                    PreferenceGame.of(2, 5, unseen.p().toDoubles((long) n * 50, 50))
                            .withWeights(new double[] {0.6, 0.4}),
                    Claim.of(exp(scored, n, 5)));
            assertThat(certificate.violations()).isEmpty();
            gap += certificate.gap() / 50;
        }
        assertThat(gap).isLessThan(0.05);
    }

    @Test
    void align_stakeholder_deploysTheWeightedMixtureAndSaysSo() {
        var solution = solve(FeatureGames.of(2, 20), Formulation.STAKEHOLDER, settings(PolicyForm.LINEAR, 1), 2);

        assertThat(solution.policy().orElseThrow().text("deployed"))
                .isEqualTo("the weighted mixture of 2 stakeholders' policies");
        var bucket = solution.buckets().getLast();
        double[] profile = exp(bucket.profile().orElseThrow());
        double[] deployed = exp(bucket.logPolicy());
        for (int i = 0; i < 5; i++) {
            assertThat(deployed[i]).isCloseTo(0.6 * profile[i] + 0.4 * profile[5 + i], within(1e-12));
        }
        assertThat(bucket.tau().getDouble(0)).isEqualTo(0.1);
        assertThat(profile[0]).isNotEqualTo(profile[5]);
    }

    @Test
    void align_candidatesNotAllowed_getNoMassAndGamesWithoutAnyAreRefused() {
        var bucket = TestGames.withAllowed(FeatureGames.bucket(3, 0, 3, 3), 1, 0, 1, 0, 0, 0, 0, 0, 1);
        var games = PreferenceGames.of(
                List.of("one", "other"), Tensor.ofDoubles(new double[] {0.5, 0.5}, 2), List.of(bucket));
        for (double margin : new double[] {0, 1}) {
            var settings = TestSettings.parametric(PolicyForm.LINEAR, TestSettings.fit(1, margin, 0, Optional.empty()));
            for (var formulation : List.of(Formulation.POPULATION, Formulation.STAKEHOLDER)) {
                var answer = solve(games, formulation, settings, 2).buckets().getFirst();

                assertThat(answer.refused().toBytes()).containsExactly(0, 1, 0);
                assertThat(exp(answer.logPolicy())[1]).isZero();
                assertThat(exp(answer.logPolicy(), 2, 3)).containsExactly(0, 0, 1);
            }
        }
    }

    @Test
    void align_everythingRefused_fitsNothing() {
        var bucket = TestGames.withAllowed(FeatureGames.bucket(3, 0, 2, 3), 0, 0, 0, 0, 0, 0);
        var games = PreferenceGames.of(
                List.of("one", "other"), Tensor.ofDoubles(new double[] {0.5, 0.5}, 2), List.of(bucket));

        var solution = solve(games, Formulation.POPULATION, settings(PolicyForm.LINEAR, 1), 2);

        assertThat(solution.policy()).isEmpty();
        assertThat(solution.buckets().getFirst().refused().toBytes()).containsExactly(1, 1);
    }

    @Test
    void align_noFeatures_saysToAddAnEncoder() {
        for (var form : List.of(PolicyForm.LINEAR, PolicyForm.MLP)) {
            assertFails(
                    FeatureGames.withoutFeatures(FeatureGames.of(1, 3)),
                    Formulation.POPULATION,
                    settings(form, 1),
                    StandardErrorCode.UNSUPPORTED,
                    "add an encoder");
        }
    }

    @Test
    void align_consensus_hasNoParametricForm() {
        assertFails(
                FeatureGames.of(1, 3),
                Formulation.CONSENSUS,
                settings(PolicyForm.LINEAR, 1),
                StandardErrorCode.UNSUPPORTED,
                "consensus has no linear policy");
    }

    @Test
    void align_featureIsNotANumber_saysWhichItem() {
        var bucket = FeatureGames.bucket(3, 17, 1, 3);
        double[] phi = bucket.features().orElseThrow().toDoubles();
        phi[4] = Double.NaN;
        var games = PreferenceGames.of(
                List.of("one", "other"),
                Tensor.ofDoubles(new double[] {0.5, 0.5}, 2),
                List.of(bucket.withFeatures(Tensor.ofDoubles(phi, 1, 3, 3))));

        assertFails(
                games,
                Formulation.POPULATION,
                settings(PolicyForm.LINEAR, 1),
                StandardErrorCode.GAME_INVALID,
                "item 17: feature 1 of a candidate is NaN");
    }

    @Test
    void align_threads_giveTheSameBytes() {
        for (var form : List.of(PolicyForm.LINEAR, PolicyForm.MLP)) {
            var settings = TestSettings.parametric(form, TestSettings.fit(1, 0, 8, Optional.empty()));
            for (var formulation : List.of(Formulation.POPULATION, Formulation.STAKEHOLDER)) {
                var one = solve(FeatureGames.of(1, 20), formulation, settings, 1);
                var five = solve(FeatureGames.of(1, 20), formulation, settings, 5);

                assertThat(five.policy().orElseThrow().texts())
                        .isEqualTo(one.policy().orElseThrow().texts());
                one.policy()
                        .orElseThrow()
                        .tensors()
                        .forEach((name, tensor) -> assertThat(
                                        five.policy().orElseThrow().tensor(name).contentEquals(tensor))
                                .as(name)
                                .isTrue());
                assertThat(five.buckets().getLast().logPolicy().toDoubles())
                        .containsExactly(one.buckets().getLast().logPolicy().toDoubles());
            }
        }
    }

    @Test
    void align_checkpoint_isReusedAndADamagedOneIsReported() throws IOException {
        var settings =
                TestSettings.parametric(PolicyForm.LINEAR, TestSettings.fit(1, 0, 0, Optional.of(folder.toString())));
        var first = solve(FeatureGames.of(1, 20), Formulation.POPULATION, settings, 2);
        Path file;
        try (var files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        var written = Files.getLastModifiedTime(file);
        var again = solve(FeatureGames.of(1, 20), Formulation.POPULATION, settings, 2);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
        assertThat(again.policy().orElseThrow().tensor("heads").toDoubles())
                .containsExactly(first.policy().orElseThrow().tensor("heads").toDoubles());

        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 40));
        try (var context = TestContext.of(settings)) {
            algorithm.align(
                    AlignmentRequest.of(context.share(FeatureGames.of(1, 20)), Formulation.POPULATION), context);

            assertThat(context.issues()).anySatisfy(issue -> {
                assertThat(issue.code()).isEqualTo("CHECKPOINT_NOT_USED");
                assertThat(issue.message()).contains("the fit starts over");
            });
        }
    }

    @Test
    void align_checkpointThatCannotBeWritten_saysSo() throws IOException {
        var file = Files.createFile(folder.resolve("file"));
        assertFails(
                FeatureGames.of(1, 3),
                Formulation.POPULATION,
                TestSettings.parametric(PolicyForm.LINEAR, TestSettings.fit(1, 0, 0, Optional.of(file.toString()))),
                StandardErrorCode.OUTPUT_NOT_WRITABLE,
                "fit.checkpoint");
    }

    @Test
    void align_lowTemperature_concentratesTheSamePolicy() {
        var warm = solve(FeatureGames.of(1, 20), Formulation.POPULATION, settings(PolicyForm.LINEAR, 1), 2);
        var cold = solve(FeatureGames.of(1, 20), Formulation.POPULATION, settings(PolicyForm.LINEAR, 0.05), 2);

        double[] before = warm.buckets().getLast().logPolicy().toDoubles();
        double[] after = cold.buckets().getLast().logPolicy().toDoubles();
        assertThat(after[1] - after[0]).isCloseTo(20 * (before[1] - before[0]), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void settings_temperatureOutOfRange_namesTheValue(double temperature) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSettings.fit(temperature, 0, 0, Optional.empty()))
                .withMessageContaining("temperature must be positive, got " + temperature);
    }

    @Test
    void settings_defaults_areAccepted() {
        assertThat(TestContext.defaults(NashDpoSettings.class).policy()).isEqualTo(PolicyForm.TABULAR);
    }

    @Test
    void score_otherNumberOfFeatures_isRefused() {
        var policy = solve(FeatureGames.of(1, 20), Formulation.POPULATION, settings(PolicyForm.LINEAR, 1), 2)
                .policy()
                .orElseThrow();

        assertThatExceptionOfType(AlignmentException.class)
                .isThrownBy(() -> score(
                        policy, Tensor.ofDoubles(new double[8], 1, 2, 4), Tensor.ofBytes(new byte[] {1, 1}, 1, 2)))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.ARTEFACT_UNREADABLE))
                .withMessageContaining("fitted on 3 features")
                .withMessageContaining("have 4");
    }

    @Test
    void open_partsThatDoNotFit_isRefused() {
        var policy = solve(FeatureGames.of(1, 20), Formulation.POPULATION, settings(PolicyForm.MLP, 1), 2)
                .policy()
                .orElseThrow();
        var wrong = new ArrayList<Artefact>();
        for (var name : policy.tensors().keySet()) {
            var tensors = new TreeMap<>(policy.tensors());
            tensors.put(name, Tensor.ofDoubles(new double[] {Double.NaN, 1, 2, 3, 4, 5, 6}, 7));
            wrong.add(Artefact.of(policy.type(), policy.version(), policy.texts(), tensors));
            var fewer = new TreeMap<>(policy.tensors());
            fewer.remove(name);
            wrong.add(Artefact.of(policy.type(), policy.version(), policy.texts(), fewer));
        }
        for (var artefact : wrong) {
            try (var context = TestContext.create()) {
                assertThatExceptionOfType(AlignmentException.class)
                        .isThrownBy(() -> scorer.open(artefact, context))
                        .satisfies(
                                failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.ARTEFACT_UNREADABLE))
                        .withMessageContaining("fit it again");
            }
        }
    }

    @Test
    void selfTest_bothPlugins_pass() {
        try (var context = TestContext.forPlugin(algorithm)) {
            algorithm.selfTest(context);
        }
        try (var context = TestContext.forPlugin(scorer)) {
            scorer.selfTest(context);
        }
    }

    private static NashDpoSettings settings(PolicyForm form, double temperature) {
        return TestSettings.parametric(form, TestSettings.fit(temperature, 0, 0, Optional.empty()));
    }

    private PolicySolution solve(PreferenceGames games, String formulation, NashDpoSettings settings, int threads) {
        try (var context = TestContext.of(settings).withThreads(threads)) {
            return SpiValues.copy(algorithm.align(AlignmentRequest.of(context.share(games), formulation), context));
        }
    }

    private void assertFails(
            PreferenceGames games,
            String formulation,
            NashDpoSettings settings,
            StandardErrorCode code,
            String message) {
        assertThatExceptionOfType(AlignmentException.class)
                .isThrownBy(() -> solve(games, formulation, settings, 1))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(code))
                .withMessageContaining(message);
    }

    private Tensor score(Artefact policy, Tensor features, Tensor allowed) {
        try (var context = TestContext.create()) {
            return SpiValues.copy(
                    scorer.open(policy, context).score(context.share(features), context.share(allowed), context));
        }
    }

    private static double[] exp(Tensor logarithms) {
        return Arrays.stream(logarithms.toDoubles()).map(Math::exp).toArray();
    }

    private static double[] exp(Tensor logarithms, int n, int k) {
        return Arrays.stream(logarithms.toDoubles((long) n * k, k))
                .map(Math::exp)
                .toArray();
    }
}
