package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.engine.result.ResultFolder;

/// Studies that name no algorithm, or no profiler either, from a file to what stands in the folder.
class MeasuringIT {

    private static final String CLINIC = """
            study: measured
            source: {plugin: generated, settings: {items: 4, annotators-per-group: 12, judgments-per-annotator: 20}}
            seats: {attribute: role}
            evaluators: [{plugin: preferences}]
            """;

    private static final String POSTS = """
            study: posts
            source:
              plugin: files
              settings:
                file: posts.csv
                item: post
                annotator: who
                approval: {candidate: post, value: hateful, values: {no: approve, yes: disapprove}}
            profiler: {plugin: groups}
            algorithm: {plugin: nash-dpo, formulations: [population]}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private Distribution.Result run(String study) throws IOException {
        Files.writeString(folder.resolve("study.yaml"), study);
        return Distribution.run(folder, List.of("study", "run", "study.yaml", "--out", "out"));
    }

    @ParameterizedTest
    @CsvSource({"'', no profiler", "'profiler: {plugin: groups}', preferences are estimated"})
    void run_noAlgorithm_measuresAndMakesNoPolicy(String profiler, String why) throws IOException {
        var result = run(CLINIC + profiler + "\n");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("decides nothing", why)
                .contains("wrote out/report.html", "wrote out/report.json")
                .doesNotContain("policy.arrow", "FORMULATION", "NaN");
        assertThat(ResultFolder.read(folder.resolve("out")).files()).containsOnlyKeys("report.html", "report.json");
        assertThat(folder.resolve("out/policy.arrow")).doesNotExist();
        var report = Report.read(folder.resolve("out"));
        assertThat(report.findings(Map.of()).getFirst()).isEqualTo("study.measures");
        assertThat(report.root().path("formulations")).isEmpty();
        assertThat(report.value("agreement.pairs", Map.of("partition", "all", "stakeholder", "everyone")))
                .isBetween(0.4, 0.9);
        assertThat(report.root().path("metrics"))
                .noneMatch(metric -> metric.path("labels").has("policy"));
        assertThat(report.metrics("heldout.log-loss", Map.of("model", "profiles-of-half"))
                        .isEmpty())
                .isEqualTo(profiler.isEmpty());
    }

    @Test
    void export_aStudyThatMeasures_saysThatThereIsNoPolicy() throws IOException {
        Files.writeString(folder.resolve("study.yaml"), CLINIC);
        var result = Distribution.run(folder, List.of("data", "export", "study.yaml", "--to", "trl", "--out", "pairs"));

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("study 'measured' names no algorithm", "no policy to export");
        assertThat(folder.resolve("pairs")).doesNotExist();
    }

    @Test
    void run_algorithmWithoutProfiler_isRefusedAndLeavesWhatWasThere() throws IOException {
        var result = run(CLINIC + "algorithm: {plugin: nash-dpo}\n");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("'profiler' is required where an algorithm is named");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    /// Everybody is seated together: what one seat says is told once.
    @Test
    void run_withoutSeats_isMeasured() throws IOException {
        var result = run(CLINIC.replace("seats: {attribute: role}\n", ""));

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Report.read(folder.resolve("out")).findings(Map.of())).contains("agreement.pairs");
    }

    @Test
    void run_oneCandidateEach_posesNoGameAndCertifiesNothing() throws IOException {
        Files.writeString(folder.resolve("posts.csv"), """
                post,who,hateful
                p1,u1,yes
                p1,u2,no
                p2,u1,no
                p2,u2,no
                """);
        var result = run(POSTS);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("Nothing is solved: each of the 2 items has one candidate at most to give");
        var report = Report.read(folder.resolve("out"));
        assertThat(report.findings(Map.of())).contains("data.games");
        assertThat(report.root().path("items"))
                .noneMatch(item ->
                        item.has("formulations") && item.path("formulations").has("population"));
        assertThat(ResultFolder.read(folder.resolve("out")).files()).containsKey("policy.arrow");
    }

    /// The figures are a count of coincidences made apart from the evaluator's code.
    @Test
    void sample_crehate_agreesAsCounted() throws IOException {
        var given = System.getProperty("polyphony.data", System.getenv("POLYPHONY_DATA"));
        var data = given != null ? Path.of(given) : Distribution.checkout().resolve("../shared/data");
        assumeTrue(Files.isDirectory(data.resolve("crehate")), "the public data set crehate is not in " + data);
        var study =
                Distribution.checkout().resolve("samples/measure/study.yaml").toString();

        var result = Distribution.run(
                folder,
                List.of("study", "run", study, "--data", data.resolve("crehate").toString(), "--out", "out"));

        assertThat(result.code()).as(result.err()).isZero();
        var report = Report.read(folder.resolve("out"));
        assertThat(report.value("agreement.alpha", Map.of("stakeholder", "everyone")))
                .isCloseTo(0.4155059049642297, within(1e-9));
        assertThat(report.value("agreement.alpha", Map.of("stakeholder", "Australia")))
                .isCloseTo(0.45153906282798917, within(1e-9));
        assertThat(report.value("agreement.alpha", Map.of("stakeholder", "Singapore")))
                .isCloseTo(0.3552995928138643, within(1e-9));
        assertThat(report.metrics("coverage.pairs", Map.of()))
                .as("there are no pairs")
                .isEmpty();
    }
}
