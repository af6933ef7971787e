package org.polyphony.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.engine.EngineOptions;
import org.polyphony.engine.Polyphony;
import org.polyphony.engine.plan.StudyPlanReader;
import org.polyphony.engine.plan.StudyRequest;
import org.polyphony.engine.plugin.TestBundle;
import org.polyphony.engine.result.ResultFolder;
import org.polyphony.engine.result.StudyReport;
import org.polyphony.engine.sample.flawed.FlawedSource;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.evaluation.Metric;

/// Studies that name no algorithm, or no profiler either, and items about which there is nothing to choose.
@TestInstance(Lifecycle.PER_CLASS)
class MeasuringStudiesTest {

    private static final String ALONE = """
            study: measuring
            source: {plugin: flawed}
            seats: {attribute: role, weights: {nurse: 3}}
            evaluators: [{plugin: counting}]
            """;

    // says how many solutions it was shown, and fails where it was shown no game
    private static final String SHOWN = "{plugin: flawed, settings: {flaw: EVALUATOR_NEEDS_GAMES}}";

    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before any test
    private Polyphony polyphony;

    @BeforeAll
    void start(@TempDir Path made) throws Exception {
        folder = made;
        var plugins = Files.createDirectories(folder.resolve("plugins"));
        TestBundle.of("flawed").withTestKit().write(plugins);
        Files.writeString(folder.resolve("two.txt"), FlawedSource.CONTENT);
        polyphony = Polyphony.start(EngineOptions.of(List.of(plugins)));
    }

    @AfterAll
    void stop() {
        polyphony.close();
    }

    @Test
    void execute_neitherProfilerNorAlgorithm_measuresJudgmentsAndNothingElse() throws Exception {
        run(ALONE, outcome -> {
            assertThat(outcome.answers().solved()).isEmpty();
            assertThat(outcome.answers().solutions()).isEmpty();
            assertThat(outcome.people().seats()).containsExactly("nurse", "patient");
            assertThat(outcome.people().weights().toDoubles())
                    .containsExactly(new double[] {0.75, 0.25}, within(1e-15));
            assertThat(outcome.people().trained()).as("nobody learned").isZero();
            assertThat(outcome.evaluation().metrics()).extracting(Metric::name).contains("judgments.count");
            assertThat(outcome.evaluation().sentences().getFirst().code()).isEqualTo("study.measures");
            assertThat(outcome.evaluation().sentences().getFirst().sentence()).contains("no profiler", "no algorithm");
            assertThat(outcome.issues()).isEmpty();
        });
    }

    @Test
    void execute_profilerAlone_showsEvaluatorsGamesThatNobodySolved() throws Exception {
        run(
                ALONE.replace("[{plugin: counting}]", "[{plugin: counting}, " + SHOWN + "]")
                        + "profiler: {plugin: flawed}\n",
                outcome -> {
                    assertThat(outcome.answers().solved()).isEmpty();
                    assertThat(outcome.people().trained()).isEqualTo(5);
                    assertThat(outcome.evaluation().metrics())
                            .filteredOn(metric -> metric.name().equals("flaw"))
                            .extracting(Metric::value)
                            .containsExactly(0.0);
                    assertThat(outcome.evaluation().sentences().getFirst().sentence())
                            .contains("preferences are estimated", "no algorithm");
                });
    }

    @Test
    void execute_anEvaluatorThatNeedsGames_isLeftOutByNameAndTheOthersMeasure() throws Exception {
        run(ALONE.replace("[{plugin: counting}]", "[" + SHOWN + ", {plugin: counting}]"), outcome -> {
            assertThat(outcome.evaluation().metrics()).extracting(Metric::name).contains("judgments.count");
            assertThat(outcome.issues()).singleElement().satisfies(issue -> {
                assertThat(issue.location()).isEqualTo("evaluators[0]");
                assertThat(issue.code()).isEqualTo("PLUGIN_FAILED");
                assertThat(issue.message()).contains("what 'flawed' measures is left out");
            });
        });
    }

    @Test
    void write_aStudyThatSolvesNothing_hasNoPolicyFileAndTakesAnEarlierOneAway() throws Exception {
        var out = folder.resolve("out");
        var solved = ALONE
                + "profiler: {plugin: flawed}\nalgorithm: {plugin: regret-matching, formulations: [population]}\n";
        run(solved, outcome -> polyphony.write(ResultFolder.open(out), outcome, "again"));
        assertThat(ResultFolder.read(out).files()).containsOnlyKeys("report.html", "report.json", "policy.arrow");
        run(
                ALONE,
                outcome -> assertThat(polyphony.write(ResultFolder.open(out), outcome, "again"))
                        .containsExactly(out.resolve("report.html"), out.resolve("report.json")));
        assertThat(ResultFolder.read(out).files()).containsOnlyKeys("report.html", "report.json");
        assertThat(out.resolve("policy.arrow")).doesNotExist();
        var report = json(out.resolve("report.json"));
        assertThat(report.path("formulations")).isEmpty();
        assertThat(report.at("/findings/0/code").asText()).isEqualTo("study.measures");
        assertThat(report.at("/stakeholders/0/weight").doubleValue()).isEqualTo(0.75);
        assertThat(report.at("/data/trained").intValue()).isZero();
        assertThat(report.path("items")).hasSize(2).noneMatch(item -> item.has("formulations"));
    }

    /// The norm refuses 'answer 1': of the item of two answers one is left.
    @Test
    void execute_reviewLeavesOneCandidate_posesNoGameAboutItAndCertifiesNothing() throws Exception {
        run(ALONE + """
                        profiler: {plugin: flawed}
                        algorithm: {plugin: regret-matching, formulations: [population]}
                        norms: [{plugin: flawed}]
                        """, outcome -> {
            var solved = outcome.answers().solved().orElseThrow();
            assertThat(solved.games().count()).isEqualTo(1);
            assertThat(solved.games().game(0).item()).isZero();
            assertThat(solved.solutions())
                    .singleElement()
                    .satisfies(
                            solution -> assertThat(solution.solution().count()).isEqualTo(1));
            assertThat(outcome.answers().review().refusedItems())
                    .as("nobody refuses the item")
                    .isEmpty();
            assertThat(outcome.issues())
                    .filteredOn(issue -> issue.code().equals("ONE_CANDIDATE"))
                    .singleElement()
                    .satisfies(issue -> {
                        assertThat(issue.severity()).isEqualTo(Issue.Severity.NOTE);
                        assertThat(issue.message()).contains("1 of 2 items", "no certificate");
                    });
            var items = StudyReport.of(outcome).path("items");
            assertThat(items.get(0).at("/formulations/population").has("standing"))
                    .isTrue();
            assertThat(items.get(1).has("formulations")).isFalse();
        });
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String text, Consumer<StudyOutcome> then) throws Exception {
        var file = Files.writeString(folder.resolve("study.yaml"), text);
        var read = StudyPlanReader.read(file, List.of());
        assertThat(read.issues()).isEmpty();
        try (var prepared = polyphony.prepare(StudyRequest.of(read.plan(), file, null), RunListener.silent())) {
            assertThat(prepared.issues()).isEmpty();
            then.accept(prepared.run().execute());
        }
    }
}
