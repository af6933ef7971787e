package org.polyphony.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.engine.EngineOptions;
import org.polyphony.engine.Polyphony;
import org.polyphony.engine.plan.StudyPlanReader;
import org.polyphony.engine.plan.StudyRequest;
import org.polyphony.engine.plugin.TestBundle;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;

/// Studies of items never seen, over the bus, with plugins that tell what they have seen.
class UnseenItemsTest {

    private static final String STUDY = """
            study: unseen
            source: {plugin: texts}
            seats: {attribute: side}
            profiler: {plugin: coin}
            encoders: [{plugin: length}, {plugin: length, text: prompt-and-candidate}]
            algorithms:
              - {plugin: linear, formulations: [population]}
              - {plugin: linear, name: again, formulations: [population], settings: {artefact: false}}
            unseen: {leave-out: debate}
            split: {training: half}
            """;

    private static final String PREDICTED = """
            study: predicted
            source: {plugin: texts}
            seats: {attribute: side}
            profiler: {plugin: by-length}
            encoders: [{plugin: length}]
            algorithms: [{plugin: margin, formulations: [population]}, {plugin: linear, formulations: [population]}]
            unseen: {leave-out: debate, by: profiles}
            split: {training: half}
            """;

    private final List<String> learning = new ArrayList<>();

    private final RunListener listener = new RunListener() {
        @Override
        public void stageStarted(String stage, String what) {}

        @Override
        public void stageProgress(String stage, long done, long total) {}

        @Override
        public void stageFinished(String stage, String summary) {
            if (summary.startsWith("fitted")) {
                learning.add(summary);
            }
        }

        @Override
        public void issue(Issue issue) {}
    };

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @BeforeEach
    void bundle() throws Exception {
        TestBundle.of("parametric").write(Files.createDirectories(folder.resolve("plugins")));
    }

    @Test
    void run_everyValueLeftOut_fitsHaveNotSeenTheirItems() throws Exception {
        run(STUDY, outcome -> {
            assertThat(outcome.answers().solutions())
                    .extracting(CertifiedSolution::label)
                    .containsExactly("population", "population (again)", "population unseen");
            assertThat(outcome.answers().solutions())
                    .extracting(solution -> solution.leftOut().orElse(""))
                    .containsExactly("", "", "debate");
            var seen = weights(outcome, outcome.answers().solutions().getFirst());
            var unseen = weights(outcome, outcome.answers().solutions().getLast());
            int all = 0b111111;
            assertThat(seen).containsOnlyKeys(0, 1, 2, 3, 4, 5);
            seen.values().forEach(weight -> assertThat(weight).isCloseTo(all * 0.01, within(1e-12)));
            // both sides of a debate are left out together
            unseen.forEach((item, weight) -> {
                int debate = 0b11 << (item / 2 * 2);
                assertThat(weight).as("item %d", item).isCloseTo((all & ~debate) * 0.01, within(1e-12));
            });
        });
    }

    @Test
    void run_features_areTheEncodersSideBySide() throws Exception {
        run(STUDY, outcome -> {
            var bucket =
                    outcome.answers().solved().orElseThrow().games().buckets().getLast();
            assertThat(bucket.features().orElseThrow().shape().toString()).isEqualTo("[3, 3, 2]");
            // the text, and "a", a blank line, the text
            assertThat(bucket.features().orElseThrow().toDoubles(0, 6)).containsExactly(1, 4, 2, 5, 3, 6);
        });
    }

    @Test
    void run_policyNamedThatCannotScore_saysSo() {
        assertThatThrownBy(() -> run(
                        STUDY.replace("{leave-out: debate}", "{leave-out: debate, policies: [population (again)]}"),
                        outcome -> {}))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("none called 'population (again)' can score them");
    }

    @Test
    void run_noPolicyThatCanScore_saysSo() {
        assertThatThrownBy(() -> run(
                        STUDY.replace(
                                "formulations: [population]}",
                                "formulations: [population], settings: {artefact: false}}"),
                        outcome -> {}))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("none of [population, population (again)] can score them");
    }

    @Test
    void run_attributeThatIsNotThere_saysSo() {
        assertThatThrownBy(() -> run(STUDY.replace("leave-out: debate", "leave-out: debat"), outcome -> {}))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("no item attribute 'debat'")
                .hasMessageContaining("did you mean 'debate'");
    }

    @Test
    void run_attributeOfOneValue_saysSo() {
        assertThatThrownBy(() -> run(STUDY.replace("leave-out: debate", "leave-out: same"), outcome -> {}))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("leaves nothing to learn from");
    }

    @Test
    void run_withoutTexts_saysSo() {
        assertThatThrownBy(() -> run(
                        STUDY.replace("{plugin: texts}", "{plugin: texts, settings: {texts: false}}"), outcome -> {}))
                .isInstanceOf(AlignmentException.class)
                .satisfies(thrown ->
                        assertThat(((AlignmentException) thrown).code()).isEqualTo(StandardErrorCode.COLUMN_MISSING))
                .hasMessageContaining("none of the 15 candidates has a text");
    }

    /// P of an item left out is what profiles predict that learned from the other debates alone.
    @Test
    void run_byProfilesThatGeneralise_predictsTheGamesLeftOut() throws Exception {
        run(PREDICTED, outcome -> {
            assertThat(outcome.answers().solutions())
                    .extracting(CertifiedSolution::label)
                    .containsExactly(
                            "population", "population (linear)", "population unseen", "population (linear) unseen");
            int all = 0b111111;
            weights(outcome, outcome.answers().solutions().getFirst())
                    .forEach((item, weight) -> assertThat(weight).isCloseTo(all / 1000.0, within(1e-12)));
            weights(outcome, outcome.answers().solutions().get(2)).forEach((item, weight) -> {
                int debate = 0b11 << (item / 2 * 2);
                assertThat(weight).as("item %d", item).isCloseTo((all & ~debate) / 1000.0, within(1e-12));
            });
            // and the algorithm is given the games of the debate left out, and no others
            weights(outcome, outcome.answers().solutions().get(3)).forEach((item, weight) -> {
                int debate = 0b11 << (item / 2 * 2);
                assertThat(weight).as("item %d", item).isCloseTo(debate * 0.01, within(1e-12));
            });
        });
    }

    @Test
    void prepare_byProfilesThatDoNotGeneralise_isRefused() throws Exception {
        assertThat(issues(PREDICTED.replace("by-length", "coin")))
                .singleElement()
                .satisfies(issue -> {
                    assertThat(issue.code()).isEqualTo("UNSUPPORTED");
                    assertThat(issue.location()).isEqualTo("unseen.by");
                    assertThat(issue.message())
                            .contains("profiler 'coin' knows the items it was fitted to and no others")
                            .endsWith("use one that generalises: by-length");
                });
        assertThat(issues(STUDY)).as("nothing asks about items outside the fit").isEmpty();
    }

    @Test
    void prepare_profilerThatNeedsFeaturesWithoutAny_isRefused() throws Exception {
        assertThat(issues("""
                        study: plain
                        source: {plugin: texts}
                        profiler: {plugin: by-length}
                        algorithm: {plugin: margin, formulations: [population]}
                        """)).singleElement().satisfies(issue -> {
            assertThat(issue.location()).isEqualTo("profiler.plugin");
            assertThat(issue.message())
                    .contains("profiler 'by-length' needs features of the candidates, and there are none")
                    .contains("the 'encoders' of a study");
        });
        assertThat(issues(STUDY.replaceAll("encoders: .*\\n", "")))
                .as("a scorer of each of two algorithms, whatever they declare")
                .hasSize(2)
                .allMatch(issue -> issue.message().contains("scorer 'weighing' needs features of the candidates"));
        assertThat(issues(PREDICTED.replaceAll("encoders: .*\\n", "")))
                .singleElement()
                .satisfies(issue -> assertThat(issue.location()).isEqualTo("profiler.plugin"));
    }

    @Test
    void run_halves_areMadeForThoseThatNeedThemAndShownToNoOther() throws Exception {
        var study = """
                study: plain
                source: {plugin: texts}
                profiler: {plugin: coin}
                algorithm: {plugin: margin, formulations: [population]}
                evaluators: [{plugin: whole}, {plugin: halves}]
                """;
        run(
                study,
                outcome -> assertThat(outcome.evaluation().metrics())
                        .extracting(metric -> metric.labels().get("to") + " " + metric.value())
                        .containsExactlyInAnyOrder("whole 0.0", "halves 1.0"));
        assertThat(learning).as("fits").hasSize(2);
        learning.clear();
        run(
                study.replace(", {plugin: halves}", ""),
                outcome -> assertThat(outcome.evaluation().metrics())
                        .extracting(metric -> metric.value())
                        .containsExactly(0.0));
        assertThat(learning).as("nobody needs a second").hasSize(1);
    }

    @Test
    void prepare_algorithmThatIsNotThere_isToldOnce() throws Exception {
        assertThat(issues(STUDY.replace("plugin: linear", "plugin: other")))
                .hasSize(2)
                .allMatch(issue -> issue.message().contains("no algorithm is called 'other'"));
    }

    @Test
    void prepare_policyThatNobodyReads_isRefused() throws Exception {
        algorithm("alien", "writes=\"sample.alien;version=1\"");
        assertThat(issues(STUDY.replace("{plugin: linear, formulations", "{plugin: alien, formulations")))
                .singleElement()
                .satisfies(issue -> {
                    assertThat(issue.location()).isEqualTo("algorithms[0].scorer");
                    assertThat(issue.message())
                            .contains("algorithm 'alien' writes [sample.alien version 1]")
                            .contains("no installed scorer reads that");
                });
        algorithm("newer", "writes=\"sample.linear;version=2\"");
        assertThat(issues(STUDY.replace("{plugin: linear, formulations", "{plugin: newer, formulations")))
                .singleElement()
                .satisfies(issue -> assertThat(issue.message()).contains("no installed scorer reads that"));
    }

    @Test
    void prepare_noAlgorithmThatWritesAPolicy_isRefused() throws Exception {
        assertThat(issues(
                        STUDY.replace("plugin: linear", "plugin: margin").replace(", settings: {artefact: false}", "")))
                .singleElement()
                .satisfies(issue -> assertThat(issue.message())
                        .contains("no algorithm of the study writes a policy that answers items it has not seen"));
        assertThat(issues(STUDY.replace("plugin: linear, name", "plugin: margin, name")
                        .replace(", settings: {artefact: false}", "")
                        .replace("{leave-out: debate}", "{leave-out: debate, policies: [population (again)]}")))
                .singleElement()
                .satisfies(issue -> assertThat(issue.message()).contains("algorithm 'margin' writes no policy"));
    }

    @Test
    void prepare_policyThatTwoRead_isThePlansChoice() throws Exception {
        TestBundle.of("parametric")
                .header("Bundle-Vendor", "Acme")
                .header("-removeheaders", "")
                .write(folder.resolve("plugins"), "second.jar");
        var study = STUDY.replaceAll("plugin: (linear|texts|coin|length)", "plugin: acme/$1");
        assertThat(issues(study)).hasSize(2).first().satisfies(issue -> {
            assertThat(issue.location()).isEqualTo("algorithms[0].scorer");
            assertThat(issue.message())
                    .contains("2 scorers read: acme/weighing@1.0.0, unnamed/weighing@1.0.0")
                    .contains("'scorer: {plugin: acme/weighing@1.0.0}'");
        });
        var named = study.replace(
                "formulations: [population]", "formulations: [population], scorer: {plugin: unnamed/weighing}");
        run(
                named,
                outcome -> assertThat(outcome.setup().plugins())
                        .filteredOn(plugin -> plugin.slot().equals("algorithms[0].scorer"))
                        .hasSize(1));
    }

    @Test
    void prepare_scorerThatReadsSomethingElse_isRefused() throws Exception {
        algorithm("alien", "writes=\"sample.alien;version=1\"");
        assertThat(issues(STUDY.replace(
                        "{plugin: linear, formulations", "{plugin: alien, scorer: {plugin: weighing}, formulations")))
                .singleElement()
                .satisfies(issue -> assertThat(issue.message())
                        .contains("algorithm 'alien' writes [sample.alien version 1]")
                        .contains("scorer 'weighing' reads [sample.linear version 1]"));
    }

    /// What an algorithm returns is held against what its scorer reads, whatever it declared.
    @Test
    void run_policyOfATypeThatWasNotDeclared_isThePluginsFault() throws Exception {
        algorithm("liar", "writes=\"sample.linear;version=1,sample.other;version=1\"");
        scorer("reads=\"sample.other;version=1\"");
        run(
                STUDY.replace("{plugin: linear, formulations", "{plugin: liar, scorer: {plugin: other}, formulations"),
                outcome -> assertThat(outcome.issues())
                        .extracting(Issue::message)
                        .anyMatch(
                                message -> message.contains(
                                        "returned a policy of type sample.linear version 1, which scorer 'other' does not read")));
    }

    private void algorithm(String id, String declares) throws Exception {
        declare("AlignmentAlgorithm;formulations:List<String>=population;id=" + id, "LinearAlgorithm", declares, id);
    }

    private void scorer(String declares) throws Exception {
        declare("PolicyScorer;id=other", "LinearScorer", declares, "other");
    }

    // the same class under another name, in a jar that provides nothing else
    private void declare(String what, String type, String declares, String jar) throws Exception {
        var settings = type.equals("LinearAlgorithm")
                ? "org.polyphony.engine.sample.parametric.LinearSettings"
                : "org.polyphony.spi.plugin.NoSettings";
        TestBundle.of("parametric")
                .header("-bundleannotations", "!*")
                .header(
                        "Provide-Capability",
                        "org.polyphony.plugin;role=org.polyphony.spi.alignment." + what + ";summary=Other;settings="
                                + settings + ";class=org.polyphony.engine.sample.parametric." + type + ";" + declares)
                .write(folder.resolve("plugins"), jar + ".jar");
    }

    @Test
    void prepare_unknownEncoder_saysSo() throws Exception {
        var issues = issues(STUDY.replace("plugin: length}", "plugin: lenght}"));
        assertThat(issues)
                .anyMatch(issue -> issue.message().contains("no encoder is called 'lenght'; did you mean 'length'?"));
    }

    private List<Issue> issues(String text) throws Exception {
        try (var polyphony = Polyphony.start(EngineOptions.of(List.of(folder.resolve("plugins"))));
                var prepared = polyphony.prepare(request(text), RunListener.silent())) {
            return prepared.issues();
        }
    }

    private void run(String text, java.util.function.Consumer<StudyOutcome> then) throws Exception {
        try (var polyphony = Polyphony.start(EngineOptions.of(List.of(folder.resolve("plugins"))));
                var prepared = polyphony.prepare(request(text), listener)) {
            then.accept(prepared.run().execute());
        }
    }

    private StudyRequest request(String text) throws Exception {
        var file = Files.writeString(folder.resolve("study.yaml"), text);
        var read = StudyPlanReader.read(file, List.of());
        assertThat(read.issues()).isEmpty();
        return StudyRequest.of(read.plan(), file, null);
    }

    /// What the policy of each item weighs a character of text: log π(2 characters) − log π(1 character).
    private static Map<Integer, Double> weights(StudyOutcome outcome, CertifiedSolution solution) {
        var weights = new java.util.TreeMap<Integer, Double>();
        var buckets =
                new ArrayList<>(outcome.answers().solved().orElseThrow().games().buckets());
        for (int b = 0; b < buckets.size(); b++) {
            int k = buckets.get(b).candidates();
            var logs = solution.solution().buckets().get(b).logPolicy();
            for (int g = 0; g < buckets.get(b).games(); g++) {
                weights.put(
                        buckets.get(b).items().getInt(g),
                        logs.getDouble((long) g * k + 1) - logs.getDouble((long) g * k));
            }
        }
        return weights;
    }
}
