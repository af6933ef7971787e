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
            var bucket = outcome.answers().games().buckets().getLast();
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

    @Test
    void prepare_algorithmWithoutScorer_saysSo() throws Exception {
        var issues = issues(STUDY.replace("plugin: linear", "plugin: other"));
        assertThat(issues).anyMatch(issue -> issue.message().contains("no scorer is called 'other'"));
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
                var prepared = polyphony.prepare(request(text), RunListener.silent())) {
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
        var buckets = new ArrayList<>(outcome.answers().games().buckets());
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
