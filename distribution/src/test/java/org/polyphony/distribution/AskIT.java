package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `polyphony ask`, and the sample program that asks in its own process.
@Execution(ExecutionMode.CONCURRENT)
class AskIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String KNOWN = """
            study: small
            source:
              plugin: generated
              settings: {seed: 1, items: 8, annotators-per-group: 12, judgments-per-annotator: 16, unsafe-share: 1}
            seats: {attribute: role, levels: [pharmacist, patient, journalist, counsellor]}
            profiler: {plugin: groups}
            algorithm: {plugin: nash-dpo, formulations: [population, consensus]}
            seed: 1
            """;

    private static final String GENERAL = """
            study: general
            source:
              plugin: generated
              settings: {seed: 1, items: 8, annotators-per-group: 12, judgments-per-annotator: 16}
            seats: {attribute: role, levels: [pharmacist, patient, journalist, counsellor]}
            profiler: {plugin: linear}
            encoders: [{plugin: surface}]
            algorithm: {plugin: nash-dpo, formulations: [population]}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("known.yaml"), KNOWN);
        Files.writeString(folder.resolve("general.yaml"), GENERAL);
        Files.writeString(folder.resolve("two.txt"), "Ask your pharmacist first.\n\nIt depends on the dose.\n");
        Files.writeString(folder.resolve("two.json"), "[\"Ask your pharmacist first.\", {\"text\": \"It depends.\"}]");
        Files.writeString(folder.resolve("number.json"), "[\"one\", 2]");
        Files.writeString(folder.resolve("object.json"), "{\"candidates\": []}");
        Files.writeString(folder.resolve("bad.jsonl"), "\"one\"\n{\"txt\": \"two\"}\n");
        Files.writeString(folder.resolve("cut.json"), "[\"one\"");
        Files.writeString(folder.resolve("empty.txt"), "\n \n");
        Files.writeString(folder.resolve("same.txt"), "one\ntwo\none\n");
        Files.write(folder.resolve("latin.txt"), "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    }

    private Distribution.Result ask(String... arguments) {
        var all = new ArrayList<>(List.of("ask", "--quiet"));
        all.addAll(List.of(arguments));
        return Distribution.run(folder, Distribution.SHORT, all);
    }

    private JsonNode json(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        var result = ask(all.toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
        return JSON.readTree(result.out());
    }

    private static String item(JsonNode reply) {
        return reply.path("item").asText();
    }

    @Test
    void ask_itemOfTheData_saysWhoGetsWhatAndWhy() throws IOException {
        var reply = json("known.yaml", "q1-antibiotics-clinic", "--claims", "role=patient", "--seed", "3");
        assertThat(item(reply)).isEqualTo("q1-antibiotics-clinic");
        var answers = reply.path("answers");
        assertThat(answers).hasSize(5);
        assertThat(answers.get(0).path("viewpoint").asText()).isEqualTo("asker");
        assertThat(answers.get(0).at("/seats/patient").doubleValue()).isEqualTo(1);
        assertThat(answers.get(0).path("people").intValue()).isEqualTo(12);
        assertThat(answers.get(0).path("probabilities"))
                .isEqualTo(StreamSupport.stream(answers.spliterator(), false)
                        .filter(answer -> answer.path("viewpoint").asText().equals("patient"))
                        .findFirst()
                        .orElseThrow()
                        .path("probabilities"));
        for (var answer : answers) {
            double sum = 0;
            for (int i = 0; i < answer.path("probabilities").size(); i++) {
                double probability = answer.path("probabilities").get(i).doubleValue();
                sum += probability;
                if (!reply.path("candidates").get(i).path("allowed").booleanValue()) {
                    assertThat(probability).isZero();
                }
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
            assertThat(answer.path("standing").asText()).isEqualTo("CERTIFIED");
        }
        // every question of these data has an answer that nobody may be given
        assertThat(reply.path("refusals")).isNotEmpty().allSatisfy(refusal -> {
            assertThat(refusal.path("universal").booleanValue()).isTrue();
            assertThat(refusal.path("reason").asText()).isNotBlank();
            assertThat(refusal.path("source").asText()).contains("universal-constraints");
        });
        assertThat(reply.at("/receipt/digest").asText()).matches("[0-9a-f]{64}");
        assertThat(reply.path("seatsDiffer").asText()).isEqualTo("NOT_MEASURED");
        assertThat(json("known.yaml", "q1-antibiotics-clinic", "--claims", "role=patient", "--seed", "3"))
                .as("the same bytes")
                .isEqualTo(reply);
    }

    @Test
    void ask_newQuestion_isAnsweredByWhatGeneralises() throws IOException {
        for (var file : List.of("two.txt", "two.json")) {
            var reply = json("general.yaml", "May I drink with this?", "--candidates", file);
            assertThat(reply.has("item")).isFalse();
            assertThat(reply.path("candidates")).hasSize(2);
            assertThat(reply.at("/answers/0/compared").doubleValue()).isZero();
            assertThat(reply.at("/answers/0/seats")).hasSize(4);
        }
    }

    @Test
    void ask_onATerminal_showsAnswerSeatsPickAndReceipt() {
        var result = ask("known.yaml", "q2-antibiotics-press", "--policy", "consensus");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("768 judgments of 48 people", "consensus, ", "CANDIDATE", "PHARMACIST", "SEAT")
                .contains("is a study's verdict", "REFUSED", "everybody", "pick", "receipt");
    }

    @Test
    void ask_tooLittleSupport_isRefused() {
        var result = ask("known.yaml", "q1-antibiotics-clinic", "--min-support", "100000");
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err()).contains("SUPPORT_TOO_SMALL", "768 judgments of 48 people", "under 100000");
        assertThat(result.out()).contains("pick     none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "known.yaml q99                                        | 3 | give the candidates to choose from",
                "known.yaml new --candidates two.txt                   | 3 | profiler 'groups' knows the candidates it was fitted to",
                "known.yaml q1-antibiotics-clinic --claims rol=nurse  | 3 | did you mean 'role'?",
                "known.yaml q1-antibiotics-clinic --claims role=nurs  | 3 | no level 'nurs' of 'role'",
                "known.yaml q1-antibiotics-clinic --claims role       | 2 | --claims takes name=value, got 'role'",
                "known.yaml q1-antibiotics-clinic --claims role=a,role=b | 2 | names 'role' twice",
                "known.yaml q1-antibiotics-clinic --values security=5 | 3 | counterfactual, and no installed plugin answers one",
                "known.yaml q1-antibiotics-clinic --values security=x | 3 | --values takes numbers",
                "known.yaml q1-antibiotics-clinic --person ann        | 3 | know seats and no persons",
                "known.yaml q1-antibiotics-clinic --policy consenus   | 3 | did you mean 'consensus'?",
                "known.yaml q1-antibiotics-clinic --min-support -1    | 2 | a number of judgments from 0",
                "known.yaml q1-antibiotics-clinic --min-support x     | 2 | --min-support",
                "general.yaml new --candidates absent.txt              | 3 | does not exist; name a file of candidates",
                "general.yaml new --candidates .                       | 3 | is not a file",
                "general.yaml new --candidates number.json             | 3 | candidate 2 of number.json is no text: 2",
                "general.yaml new --candidates object.json             | 3 | holds no JSON list",
                "general.yaml new --candidates bad.jsonl               | 3 | bad.jsonl:2 is an object without a 'text'",
                "general.yaml new --candidates cut.json                | 3 | cut.json is no JSON",
                "general.yaml new --candidates empty.txt               | 3 | holds no candidate",
                "general.yaml new --candidates latin.txt               | 3 | is not UTF-8",
                "general.yaml new --candidates same.txt                | 3 | candidates 1 and 3 are the same text",
                "absent.yaml q01                                       | 3 | absent.yaml",
                "known.yaml                                            | 2 | QUESTION",
            })
    void ask_badInput_isOneMessage(String arguments, int code, String message) {
        var result = ask(arguments.strip().split(" +"));
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        assertThat(result.err()).contains(message);
        assertThat(result.err().lines().filter(line -> line.startsWith("polyphony: ")))
                .hasSize(1);
        assertThat(result.out()).isEmpty();
    }

    /// As a stranger's project: by coordinates of the distribution's repository, run as one jar.
    @Test
    void sample_builtByCoordinates_asksInItsOwnProcess() throws IOException {
        var target = SampleProject.copy("embedding", folder.resolve("mine"))
                .built()
                .folder()
                .resolve("target");
        var home = Distribution.home();
        assertThat(names(target.resolve("lib")))
                .as("the libraries that the engine is tested with")
                .containsExactlyInAnyOrderElementsOf(names(home.resolve("lib")).stream()
                        .filter(name -> !name.startsWith("polyphony-cli") && !name.startsWith("picocli"))
                        .toList());

        var result = Distribution.execute(
                Distribution.checkout(),
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        target.resolve("asking.jar").toString(),
                        home.resolve("plugins").toString(),
                        "samples/clinic/study.yaml",
                        "q01-antibiotics-clinic"));
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out().lines())
                .hasSize(2)
                .allMatch(line ->
                        line.matches("(patient|pharmacist) gets \\w+, CERTIFIED, from 150 people; refused: \\d"));
    }

    private static List<String> names(Path libraries) throws IOException {
        try (var files = Files.list(libraries)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }
}
