package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A formulation of a third party: `samples/formulation` as a project of its own, against the built distribution. It is
/// solved, named, explained and compared, and no file of Polyphony knows it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FormulationSampleIT {

    private static final String NAME = "example/favourites";
    private static final String SENTENCE =
            "each stakeholder's favourite candidate, as often as the stakeholder weighs.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Path project = Path.of("");
    private String plugins = "";

    @BeforeAll
    void build(@TempDir Path folder) throws IOException {
        project = SampleProject.copy("formulation", folder.resolve("mine"))
                .built()
                .folder();
        plugins = project.resolve("target").toString();
    }

    @Test
    void algoList_namesItAndSaysWhatItIs() throws IOException {
        var list = run("algo", "list");
        assertThat(list.code()).as(list.err()).isZero();
        assertThat(list.out())
                .containsPattern("favourites\\s.*" + NAME)
                .containsPattern(NAME + "\\s+no\\s+" + SENTENCE);

        var documents = JSON.readTree(run("algo", "list", "--json").out()).path("formulations");
        var mine = StreamSupport.stream(documents.spliterator(), false)
                .filter(one -> one.path("id").asText().equals(NAME))
                .findFirst()
                .orElseThrow();
        assertThat(mine.path("sentence").asText()).isEqualTo(SENTENCE);
        assertThat(mine.path("proved").asBoolean()).isFalse();
    }

    @Test
    void solve_findsWhoOffersItAndProvesNothing() throws IOException {
        var games = Files.writeString(
                project.resolve("games.json"),
                "{\"games\":[{\"weights\":[0.7,0.3],\"P\":[[[0.5,0.9],[0.1,0.5]],[[0.5,0.2],[0.8,0.5]]]}]}");
        var solved = run("solve", games.toString(), "--formulation", NAME);
        assertThat(solved.code()).as(solved.err()).isZero();
        var answer = JSON.readTree(solved.out()).at("/results/0");
        assertThat(answer.path("standing").asText()).isEqualTo("VALID");
        assertThat(answer.at("/policy/0").asDouble()).isBetween(0.7 - 1e-9, 0.7 + 1e-9);
        assertThat(answer.at("/certificate/gap").isNull()).isTrue();
        assertThat(answer.at("/certificate/unilateralGain").size()).isEqualTo(2);
    }

    @Test
    void study_standsAsValidHeldOutAndExplained() throws IOException {
        var out = project.resolve("out");
        var study = run("study", "run", project.resolve("study.yaml").toString(), "--out", out.toString());
        assertThat(study.code()).as(study.err()).isZero();
        assertThat(study.out())
                .contains(NAME + ": " + SENTENCE)
                .containsPattern(NAME + "\\s+favourites\\s+VALID 6 of 6");

        var report = JSON.readTree(out.resolve("report.json").toFile());
        var mine = StreamSupport.stream(report.path("formulations").spliterator(), false)
                .filter(one -> one.path("name").asText().equals(NAME))
                .findFirst()
                .orElseThrow();
        assertThat(mine.at("/about/sentence").asText()).isEqualTo(SENTENCE);
        assertThat(mine.at("/about").has("gap")).isFalse();
        assertThat(mine.at("/standing/VALID").asInt()).isEqualTo(6);
        assertThat(mine.path("worstGap").isNull()).isTrue();
        // compared with the others, on judges from whom nothing was learned
        assertThat(StreamSupport.stream(report.path("metrics").spliterator(), false)
                        .filter(metric -> metric.path("name").asText().equals("policy.worst-off"))
                        .map(metric -> metric.at("/labels/policy").asText()))
                .contains(NAME, "population", "uniform");
        assertThat(Files.readString(out.resolve("report.html"))).contains("favourite candidate, as often as");
    }

    /// Nothing is held out, so the policy is made once more from half of the judges, by the plugin itself.
    @Test
    void study_ofAllJudges_isComparedOnHalfOfThem() throws IOException {
        var out = project.resolve("out-all");
        var file = project.resolve("study.yaml").toString();
        var study = run("study", "run", file, "--set", "split.training=all", "--out", out.toString());
        assertThat(study.code()).as(study.err()).isZero();

        var metrics = JSON.readTree(out.resolve("report.json").toFile()).path("metrics");
        for (var metric : List.of("policy.worst-off", "unilateral.held-out")) {
            assertThat(StreamSupport.stream(metrics.spliterator(), false)
                            .filter(one -> one.path("name").asText().equals(metric))
                            .map(one -> one.at("/labels/policy").asText()))
                    .as(metric)
                    .contains(NAME, "population");
        }
    }

    private Distribution.Result run(String... arguments) {
        var all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--plugins", plugins));
        return Distribution.run(project, Distribution.SHORT, all);
    }
}
