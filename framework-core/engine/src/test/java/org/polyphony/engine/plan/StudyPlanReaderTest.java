package org.polyphony.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;

class StudyPlanReaderTest {

    private static final String SOUND = """
            study: small
            source: {plugin: files, settings: {file: judgments.csv}}
            seats: {attribute: side, levels: [left, right], weights: {left: 2}}
            profiler: {plugin: groups}
            norms:
              - {plugin: rules}
            context: {role: nurse}
            algorithm: {plugin: nash-dpo, formulations: [consensus]}
            evaluators: [{plugin: preferences}]
            split: {training: half}
            seed: 7
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void read_soundFile_givesThePlan() throws IOException {
        var read = StudyPlanReader.read(file(SOUND), List.of());
        assertThat(read.issues()).isEmpty();
        var plan = read.plan();
        assertThat(plan.identity().name()).isEqualTo("small");
        assertThat(plan.data().source().settings()).containsEntry("file", "judgments.csv");
        assertThat(plan.people().seats().weights()).containsEntry("left", 2.0);
        assertThat(plan.solving().norms()).extracting(StudyPlan.PluginUse::path).containsExactly("norms[0]");
        assertThat(plan.solving().context()).containsEntry("role", "nurse");
        assertThat(plan.solving().policies())
                .extracting(StudyPlan.PolicyUse::label)
                .containsExactly("consensus");
        assertThat(plan.solving().algorithms()).extracting(a -> a.use().path()).containsExactly("algorithm");
        assertThat(plan.people().split()).isEqualTo(StudyPlan.Split.HALF);
        assertThat(plan.identity().seed()).isEqualTo(7);
    }

    private static final String SEVERAL =
            SOUND.replace("algorithm: {plugin: nash-dpo, formulations: [consensus]}", """
            encoders: [{plugin: surface}, {plugin: minilm, text: prompt-and-candidate}]
            algorithms:
              - {plugin: nash-dpo, formulations: [population, consensus]}
              - {plugin: nash-dpo, name: linear, formulations: [population], settings: {policy: linear}}
              - {plugin: welfare, formulations: [population, leximin]}
            unseen: {leave-out: title, policies: [population (linear)]}""");

    @Test
    void read_severalAlgorithms_labelsSayWhichWhereTheFormulationDoesNot() throws IOException {
        var read = StudyPlanReader.read(file(SEVERAL), List.of("algorithms[1].settings.policy=mlp"));
        assertThat(read.issues()).isEmpty();
        assertThat(read.plan().solving().policies())
                .extracting(StudyPlan.PolicyUse::label)
                .containsExactly("population", "consensus", "population (linear)", "population (welfare)", "leximin");
        assertThat(read.plan().solving().algorithms().get(1).use().settings()).containsEntry("policy", "mlp");
        assertThat(read.plan().data().encoders())
                .extracting(StudyPlan.EncoderUse::text)
                .containsExactly(StudyPlan.Text.CANDIDATE, StudyPlan.Text.PROMPT_AND_CANDIDATE);
        assertThat(read.plan().solving().unseen())
                .contains(new StudyPlan.Unseen("title", StudyPlan.Unseen.By.POLICIES, List.of("population (linear)")));
    }

    @Test
    void read_scorer_isOfItsAlgorithmAndNeedsItemsLeftOut() throws IOException {
        var named = List.of("algorithms[1].scorer.plugin=acme/linear", "algorithms[1].scorer.settings.device=1");
        var read = StudyPlanReader.read(file(SEVERAL), named);
        assertThat(read.issues()).isEmpty();
        assertThat(read.plan().solving().algorithms())
                .extracting(StudyPlan.AlgorithmUse::scorer)
                .containsExactly(
                        Optional.empty(),
                        Optional.of(
                                new StudyPlan.PluginUse("acme/linear", Map.of("device", "1"), "algorithms[1].scorer")),
                        Optional.empty());

        var predicted = StudyPlanReader.read(
                file(SEVERAL.replace("{leave-out: title,", "{leave-out: title, by: profiles,")), named);
        assertThat(predicted.plan().solving().unseen().orElseThrow().by()).isEqualTo(StudyPlan.Unseen.By.PROFILES);
        assertThat(predicted.issues())
                .extracting(Issue::message)
                .singleElement()
                .asString()
                .contains("'algorithms[1].scorer' opens policies to answer items left out, and none are");
        assertThat(StudyPlanReader.read(file(SEVERAL), List.of("unseen.by=both"))
                        .issues())
                .extracting(Issue::message)
                .anyMatch(message -> message.contains("'unseen.by' must be 'policies' or 'profiles'"));
    }

    @Test
    void read_overrideOfAnElementThatIsNotThere_saysSo() throws IOException {
        var file = file(SEVERAL);
        assertThatThrownBy(() -> StudyPlanReader.read(file, List.of("algorithms[3].name=x")))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("element 3 of a list of 3");
    }

    @Test
    void read_unseenWithoutWhatItNeeds_saysWhatIsMissing() throws IOException {
        var read = StudyPlanReader.read(
                file(SEVERAL.replace("unseen: {leave-out: title, policies: [population (linear)]}", """
                        unseen: {policies: [population (liner)], leaf-out: title}
                        algorithm: {plugin: other}""")
                        .replace("name: linear, ", "")),
                List.of("encoders=[]", "split.training=all"));
        assertThat(read.issues())
                .extracting(Issue::message)
                .anyMatch(message -> message.contains("'unseen.leave-out' is required"))
                .anyMatch(message -> message.contains("did you mean 'leave-out'?"))
                .anyMatch(message -> message.contains("names no policy of the study: 'population (liner)'"))
                .anyMatch(message -> message.contains("'unseen' needs 'split: {training: half}'"))
                .anyMatch(message -> message.contains("'algorithm' stands beside 'algorithms'"));
    }

    @Test
    void read_twoPoliciesOfOneName_saysSo() throws IOException {
        var read = StudyPlanReader.read(
                file(SEVERAL.replace("plugin: welfare", "plugin: nash-dpo, name: linear")), List.of());
        assertThat(read.issues())
                .extracting(Issue::message)
                .anyMatch(message -> message.contains("a second policy called 'population (linear)'"));
    }

    @Test
    void read_noAlgorithm_measures() throws IOException {
        var withProfiler = StudyPlanReader.read(file(SOUND.replaceFirst("(?m)^algorithm:.*\\n", "")), List.of());
        assertThat(withProfiler.issues()).isEmpty();
        assertThat(withProfiler.plan().solves()).isFalse();
        assertThat(withProfiler.plan().solving().policies()).isEmpty();
        var alone = StudyPlanReader.read(
                file(SOUND.replaceFirst("(?m)^algorithm:.*\\n", "").replaceFirst("(?m)^profiler:.*\\n", "")),
                List.of());
        assertThat(alone.issues()).isEmpty();
        assertThat(alone.plan().people().profiler()).isEmpty();
        assertThat(alone.plan().measuring().evaluators()).isNotEmpty();
    }

    @Test
    void read_algorithmWithoutProfiler_isOneErrorThatSaysWhatToDo() throws IOException {
        var read = StudyPlanReader.read(file(SOUND.replaceFirst("(?m)^profiler:.*\\n", "")), List.of());
        assertThat(read.issues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.message())
                        .contains("'profiler' is required where an algorithm is named", "leave the algorithm out too"));
    }

    @Test
    void read_measuresWithNothing_isRefused() throws IOException {
        var read = StudyPlanReader.read(
                file(SOUND.replaceFirst("(?m)^algorithm:.*\\n", "")),
                List.of("evaluators=[]", "unseen.leave-out=title"));
        assertThat(read.issues())
                .extracting(Issue::message)
                .hasSize(2)
                .anyMatch(message -> message.contains("'evaluators' is required where no algorithm is named"))
                .anyMatch(message -> message.contains("'unseen' needs an 'algorithm'"));
    }

    @Test
    void read_misspeltAlgorithm_isToldAsSuch() throws IOException {
        var read = StudyPlanReader.read(file(SOUND.replace("algorithm:", "algoritm:")), List.of());
        assertThat(read.issues())
                .extracting(Issue::message)
                .anyMatch(message -> message.contains("'algoritm' is not known; did you mean 'algorithm'?"));
    }

    @Test
    void read_overrides_replaceAndCreateValues() throws IOException {
        var read = StudyPlanReader.read(
                file(SOUND), List.of("seed=9", "profiler.settings.shrinkage=30", "evaluators=[]", "partition=arm"));
        assertThat(read.issues()).isEmpty();
        assertThat(read.plan().identity().seed()).isEqualTo(9);
        assertThat(read.plan().people().profiler().orElseThrow().settings()).containsEntry("shrinkage", "30");
        assertThat(read.plan().measuring().evaluators()).isEmpty();
        assertThat(read.plan().measuring().partition()).contains("arm");
    }

    @Test
    void read_manyMistakes_tellsAllOfThemWithTheirLines() throws IOException {
        var read = StudyPlanReader.read(
                file(SOUND.replace("seed: 7", "sed: 7")
                        .replace("weights: {left: 2}", "weights: {left: -2, lft: 1}")
                        .replace("training: half", "training: most")
                        .replace("profiler: {plugin: groups}", "profiler: {}")),
                List.of());
        assertThat(read.issues())
                .extracting(Issue::message)
                .anySatisfy(message -> assertThat(message).contains("'sed'").contains("did you mean 'seed'?"))
                .anySatisfy(message -> assertThat(message).contains("a weight must be a number > 0, got '-2'"))
                .anySatisfy(message -> assertThat(message).contains("seats.weights.lft"))
                .anySatisfy(message -> assertThat(message).contains("must be 'all' or 'half', got 'most'"))
                .anySatisfy(message -> assertThat(message).contains("'profiler.plugin' is required"));
        assertThat(read.issues())
                .filteredOn(issue -> issue.message().contains("'sed'"))
                .extracting(Issue::location)
                .containsExactly("study.yaml:11");
    }

    @Test
    void read_aliasBomb_isRefused() throws IOException {
        var bomb = new StringBuilder("study: x\na: &a [x]\n");
        for (char name = 'b'; name < 'z'; name++) {
            bomb.append(name)
                    .append(": &")
                    .append(name)
                    .append(" [*")
                    .append((char) (name - 1))
                    .append(", *");
            bomb.append((char) (name - 1)).append("]\n");
        }
        var file = file(bomb.toString());
        assertThatThrownBy(() -> StudyPlanReader.read(file, List.of()))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("study.yaml");
    }

    @Test
    void read_duplicateKey_isRefusedWithItsLine() throws IOException {
        var file = file(SOUND + "seed: 8\n");
        assertThatThrownBy(() -> StudyPlanReader.read(file, List.of()))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("duplicate key seed");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("study.yaml"), text);
    }
}
