package org.polyphony.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.engine.EngineOptions;
import org.polyphony.engine.Polyphony;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.plan.StudyPlanReader;
import org.polyphony.engine.plan.StudyRequest;
import org.polyphony.engine.plugin.TestBundle;
import org.polyphony.engine.sample.flawed.Flaw;
import org.polyphony.engine.sample.flawed.FlawedSource;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode.Fault;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.safety.SafetyLayer;

/// The plugins that the contracts find, installed all the same, in one engine: nothing of what is wrong is published,
/// it is told once, by the plugin's name, and what the others answer stays what it was. Scorers that cheat are met in
/// [RoguePluginsTest], plugins that hang or end the process in the tests of the distribution.
@TestInstance(Lifecycle.PER_CLASS)
class FlawedPluginsTest {

    private static final int ITEMS = 2;

    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before any test
    private Polyphony polyphony;

    private Outcome usual = new Outcome(Map.of(), List.of(), List.of());

    /// What came of a study.
    ///
    /// @param answers the policies of each published solution, and the metrics, by name
    /// @param issues what was told, by anybody, with what was thrown in the end
    /// @param faults of what was thrown
    private record Outcome(Map<String, String> answers, List<Issue> issues, List<Fault> faults) {

        List<Issue> about(Flaw flaw) {
            return issues.stream()
                    .filter(issue -> issue.message().contains("flawed")
                            && issue.message().contains(flaw.told()))
                    .toList();
        }
    }

    @BeforeAll
    void start(@TempDir Path made) throws Exception {
        folder = made;
        var plugins = Files.createDirectories(folder.resolve("plugins"));
        TestBundle.of("flawed").withTestKit().write(plugins);
        Files.writeString(folder.resolve("two.txt"), FlawedSource.CONTENT);
        polyphony = Polyphony.start(EngineOptions.of(List.of(plugins)));
        usual = run(Object.class, List.of(Flaw.NONE));
    }

    @AfterAll
    void stop() {
        polyphony.close();
    }

    @Test
    void study_soundPlugins_nothingIsTold() {
        assertThat(usual.faults()).isEmpty();
        assertThat(usual.about(Flaw.NONE)).isEmpty();
        assertThat(usual.answers()).containsKeys("population", "judgments.count{}");
    }

    /// A study has one of them: with a wrong one it ends, and the engine is as it was.
    @ParameterizedTest
    @ValueSource(classes = {PreferenceSource.class, ValueProfiler.class, TextEncoder.class})
    void study_aPluginThatItNeedsIsWrong_nothingIsPublished(Class<?> role) throws Exception {
        for (var flaw : told(role)) {
            var outcome = run(role, List.of(flaw));
            assertThat(outcome.about(flaw)).as("%s: %s", flaw, outcome.issues()).hasSize(1);
            assertThat(outcome.answers()).as(flaw.name()).isEmpty();
        }
        assertThat(run(Object.class, List.of(Flaw.NONE)).answers()).isEqualTo(usual.answers());
    }

    /// A study has many of them: a wrong one costs what is its own.
    @ParameterizedTest
    @ValueSource(classes = {AlignmentAlgorithm.class, Evaluator.class})
    void study_onePluginOfManyIsWrong_theOthersAnswerAsBefore(Class<?> role) throws Exception {
        var flaws = Flaw.of(role).stream()
                .filter(flaw -> flaw != Flaw.ALGORITHM_HANGS)
                .toList();
        var outcome = run(role, flaws);
        assertThat(outcome.faults()).isEmpty();
        assertToldOnce(flaws, outcome);
        assertThat(outcome.answers()).containsAllEntriesOf(usual.answers());
        assertThat(outcome.answers().keySet().stream().filter(answer -> answer.contains("flaw")))
                .as("what a wrong evaluator measured")
                .allMatch(answer -> answer.equals("flaw{}"));
        for (var flaw : flaws) {
            var published = outcome.answers().getOrDefault("population (" + flaw + ")", "");
            assertThat(published.chars().filter(c -> c == '[').count())
                    .as("items that %s has a policy for", flaw)
                    .isLessThanOrEqualTo(
                            role == AlignmentAlgorithm.class && flaw.told().isEmpty() ? ITEMS : ITEMS - 1);
        }
        assertThat(run(Object.class, List.of(Flaw.NONE)).answers()).isEqualTo(usual.answers());
    }

    /// A safety layer that breaks its contract has refused everything.
    @Test
    void study_aSafetyLayerIsWrong_everythingIsRefused() throws Exception {
        var flaws = Flaw.of(SafetyLayer.class);
        var outcome = run(SafetyLayer.class, flaws);
        assertToldOnce(flaws, outcome);
        assertThat(outcome.answers().keySet()).noneMatch(answer -> answer.startsWith("population"));
        for (var flaw : told(SafetyLayer.class)) {
            assertThat(run(SafetyLayer.class, List.of(flaw)).answers())
                    .as(flaw.name())
                    .doesNotContainKey("population");
        }
        assertThat(run(Object.class, List.of(Flaw.NONE)).answers()).isEqualTo(usual.answers());
    }

    private static List<Flaw> told(Class<?> role) {
        return Flaw.of(role).stream().filter(flaw -> !flaw.told().isEmpty()).toList();
    }

    private static void assertToldOnce(List<Flaw> flaws, Outcome outcome) {
        for (int i = 0; i < flaws.size(); i++) {
            var flaw = flaws.get(i);
            var place = "[" + (i + 1) + "]";
            if (!flaw.told().isEmpty()) {
                assertThat(outcome.about(flaw))
                        .as("%s: %s", flaw, outcome.issues())
                        .filteredOn(issue -> issue.location().contains(place))
                        .hasSize(1);
            }
        }
    }

    /// Runs a study with these plugins in a role, after a sound one where there may be many, and sound ones in the
    /// others that it needs.
    private Outcome run(Class<?> role, List<Flaw> flaws) throws Exception {
        var file = Files.writeString(folder.resolve("study.yaml"), study(role, flaws));
        var read = StudyPlanReader.read(file, List.of());
        assertThat(read.issues()).isEmpty();
        var answers = new TreeMap<String, String>();
        var issues = new ArrayList<Issue>();
        var faults = new ArrayList<Fault>();
        try (var prepared = polyphony.prepare(StudyRequest.of(read.plan(), file, null), RunListener.silent())) {
            issues.addAll(prepared.issues());
            if (issues.isEmpty()) {
                try (var run = prepared.run()) {
                    var outcome = run.execute();
                    issues.addAll(outcome.issues());
                    collect(outcome, answers);
                }
            }
        } catch (AlignmentException e) {
            faults.add(e.code().fault());
            issues.add(Issue.error(e.code().name(), String.valueOf(e.getMessage()), ""));
        }
        return new Outcome(answers, issues, faults);
    }

    private static void collect(StudyOutcome outcome, Map<String, String> answers) {
        for (var solution : outcome.answers().solutions()) {
            for (int n = 0; n < outcome.answers().solved().orElseThrow().games().count(); n++) {
                if (Standing.of(solution, n).published()) {
                    var policy = solution.solution().solution(n).policy();
                    answers.merge(solution.label(), Arrays.toString(policy), String::concat);
                }
            }
        }
        for (var metric : outcome.evaluation().metrics()) {
            answers.merge(
                    metric.name() + metric.labels(),
                    String.valueOf(metric.value()),
                    (one, other) -> Objects.equals(one, other) ? one : one + other);
        }
    }

    private static String study(Class<?> role, List<Flaw> flaws) {
        return """
                study: flawed
                source: %s
                seats: {attribute: role}
                profiler: %s
                norms: %s
                encoders: %s
                algorithms:
                  - {plugin: regret-matching, formulations: [population]}
                %s
                evaluators: [%s]
                """.formatted(
                        only(PreferenceSource.class, role, flaws),
                        only(ValueProfiler.class, role, flaws),
                        role == SafetyLayer.class ? "[" + many(flawed(Flaw.NONE), role, role, flaws) + "]" : "[]",
                        role == TextEncoder.class ? "[" + only(role, role, flaws) + "]" : "[]",
                        role == AlignmentAlgorithm.class
                                ? flaws.stream()
                                        .map(flaw -> "  - {plugin: flawed, name: " + flaw
                                                + ", formulations: [population], settings: {flaw: " + flaw + "}}")
                                        .collect(Collectors.joining("\n"))
                                : "",
                        many("{plugin: counting}", Evaluator.class, role, flaws));
    }

    private static String only(Class<?> wanted, Class<?> role, List<Flaw> flaws) {
        return flawed(wanted == role ? flaws.getFirst() : Flaw.NONE);
    }

    private static String many(String sound, Class<?> wanted, Class<?> role, List<Flaw> flaws) {
        return wanted == role
                ? Stream.concat(Stream.of(sound), flaws.stream().map(FlawedPluginsTest::flawed))
                        .collect(Collectors.joining(", "))
                : sound;
    }

    private static String flawed(Flaw flaw) {
        return "{plugin: flawed, settings: {flaw: " + flaw + "}}";
    }
}
