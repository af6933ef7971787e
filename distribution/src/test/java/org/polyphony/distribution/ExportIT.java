package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `data export` of `samples/clinic`, for every trainer, against the report of the same study.
class ExportIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TRAINERS = List.of("trl", "nemo-rl", "openrlhf", "llama-factory");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    /// A candidate as the report has it.
    private record Candidate(String item, String prompt, String text, boolean allowed, double policy) {}

    private static final Map<String, Candidate> CANDIDATES = new HashMap<>();
    private static int pairs;

    @BeforeAll
    static void run() throws IOException {
        var study = Distribution.checkout().resolve("samples/clinic/study.yaml").toString();
        var report = Distribution.run(
                folder,
                Distribution.SHORT,
                List.of("study", "run", study, "--quiet", "--out", "study", "--set", "evaluators=[]"));
        assertThat(report.code()).as(report.err()).isZero();
        for (var item :
                JSON.readTree(folder.resolve("study/report.json").toFile()).path("items")) {
            var candidates = item.path("candidates");
            var policy = item.at("/formulations/population/policy");
            int allowed = 0;
            for (int k = 0; k < candidates.size(); k++) {
                var candidate = new Candidate(
                        item.path("id").asText(),
                        item.path("prompt").asText(),
                        candidates.get(k).path("text").asText(),
                        candidates.get(k).path("allowed").booleanValue(),
                        policy.path(k).doubleValue());
                allowed += candidate.allowed() ? 1 : 0;
                CANDIDATES.put(
                        item.path("id").asText() + "/"
                                + candidates.get(k).path("id").asText(),
                        candidate);
            }
            pairs += allowed * (allowed - 1) / 2;
        }
        for (var trainer : TRAINERS) {
            var result = Distribution.run(
                    folder,
                    Distribution.SHORT,
                    List.of("data", "export", study, "--quiet", "--to", trainer, "--out", trainer));
            assertThat(result.code()).as(result.err()).isZero();
        }
    }

    @Test
    void everyTrainer_getsEveryPairOfAllowedCandidatesAndNoOther() throws IOException {
        assertThat(CANDIDATES.values()).anyMatch(candidate -> !candidate.allowed());
        for (var trainer : TRAINERS) {
            var lines = lines(trainer);
            assertThat(lines).as(trainer).hasSize(pairs);
            for (var line : lines) {
                var extra = line.path("polyphony");
                var chosen = candidate(extra, "chosen_id");
                var rejected = candidate(extra, "rejected_id");
                assertThat(chosen.allowed() && rejected.allowed()).as(trainer).isTrue();
                assertThat(texts(trainer, line)).containsExactly(chosen.prompt(), chosen.text(), rejected.text());
            }
        }
    }

    @Test
    void everyTrainer_getsTheReportsPolicyAndTheMixturesProbability() throws IOException {
        for (var trainer : TRAINERS) {
            for (var line : lines(trainer)) {
                var extra = line.path("polyphony");
                double mixture = 0;
                for (double stakeholder : values(extra.path("stakeholders"))) {
                    mixture += stakeholder / 4;
                }
                double wins = extra.path("win_probability").doubleValue();
                assertThat(wins).isBetween(0.5, 1.0).isCloseTo(mixture, within(1e-12));
                assertThat(line.path("margin").doubleValue()).isEqualTo(wins - 0.5);
                double chosen = candidate(extra, "chosen_id").policy();
                double rejected = candidate(extra, "rejected_id").policy();
                assertThat(line.path("weight").doubleValue()).isCloseTo(chosen * rejected, within(1e-12));
                assertThat(probability(extra.path("policy_logp_chosen"))).isCloseTo(chosen, within(1e-15));
                assertThat(probability(extra.path("policy_logp_rejected"))).isCloseTo(rejected, within(1e-15));
            }
        }
    }

    @Test
    void manifest_namesStudyCertificateAndDigests() throws IOException, NoSuchAlgorithmException {
        var manifest = JSON.readTree(folder.resolve("trl/manifest.json").toFile());
        assertThat(manifest.at("/study/name").asText()).isEqualTo("clinic");
        assertThat(manifest.at("/certificate/worstGap").doubleValue()).isBetween(0.0, 1e-6);
        var file = manifest.path("files").get(0);
        var bytes = Files.readAllBytes(
                folder.resolve("trl").resolve(file.path("name").asText()));
        assertThat(file.path("sha256").asText())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        assertThat(folder.resolve("trl/README.md"))
                .content()
                .contains("licence")
                .doesNotContain("{");
    }

    @Test
    void sameStudy_again_givesTheSameBytes() throws IOException {
        var study = Distribution.checkout().resolve("samples/clinic/study.yaml").toString();
        var again = Distribution.run(
                folder,
                Distribution.SHORT,
                List.of("data", "export", study, "--quiet", "--to", "trl", "--out", "again"));
        assertThat(again.code()).as(again.err()).isZero();
        for (var name : List.of("preferences.jsonl", "manifest.json", "README.md")) {
            assertThat(folder.resolve("again").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("trl").resolve(name));
        }
    }

    private static List<JsonNode> lines(String trainer) throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(folder.resolve(trainer).resolve("preferences.jsonl"))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static Candidate candidate(JsonNode extra, String which) {
        var key = extra.path("item").asText() + "/" + extra.path(which).asText();
        var candidate = CANDIDATES.get(key);
        assertThat(candidate).as(key).isNotNull();
        return java.util.Objects.requireNonNull(candidate);
    }

    private static List<String> texts(String trainer, JsonNode line) {
        return switch (trainer) {
            case "nemo-rl" ->
                List.of(
                        line.at("/context/0/content").asText(),
                        line.at("/completions/0/completion/0/content").asText(),
                        line.at("/completions/1/completion/0/content").asText());
            case "llama-factory" ->
                List.of(
                        line.path("instruction").asText(),
                        line.path("chosen").asText(),
                        line.path("rejected").asText());
            default ->
                List.of(
                        line.at("/prompt/0/content").asText(),
                        line.at("/chosen/0/content").asText(),
                        line.at("/rejected/0/content").asText());
        };
    }

    private static List<Double> values(JsonNode node) {
        var values = new ArrayList<Double>();
        node.forEach(value -> values.add(value.doubleValue()));
        return values;
    }

    private static double probability(JsonNode log) {
        return log.isNull() ? 0 : Math.exp(log.doubleValue());
    }
}
