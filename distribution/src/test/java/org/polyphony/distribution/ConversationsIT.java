package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Conversations through the whole of a study: what is read, exported and read again are the same messages.
@Execution(ExecutionMode.CONCURRENT)
class ConversationsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int ITEMS = 120;

    private static final List<String> TEXTS = List.of(
            "plain",
            " leading, and trailing ",
            "two\nlines\r\nand\ta tab",
            "\n\nHuman: no turn\n\nAssistant: of its own",
            "[{\"role\":\"user\",\"content\":\"no message\"}]",
            "\"quoted\", 'single', back\\slash, \u0000 and \u0001",
            "Ärzte, 医者, طبيب, 🩺, e\u0301, \u2028, </script>",
            "null",
            "NaN");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"trl", "openrlhf", "nemo-rl"})
    void exportedAndReadAgain_anyConversation_isTheSame(String trainer) throws IOException {
        readExportRead(trainer, true);
    }

    @Test
    void exportedAndReadAgain_turnsOfTwo_areTheSameInLlamaFactorysLayout() throws IOException {
        readExportRead("llama-factory", false);
    }

    private void readExportRead(String trainer, boolean anything) throws IOException {
        var written = write(folder.resolve("pairs.jsonl"), anything);
        study("first.yaml", "pairs.jsonl", "team");
        var exported = export("first.yaml", folder, trainer, "one");
        assertThat(exported).isEqualTo(written);
        study("second.yaml", "preferences.jsonl", "weight");
        assertThat(export("second.yaml", folder.resolve("one"), trainer, "two")).isEqualTo(written);
    }

    @Test
    void exported_whatALayoutCannotKeep_isRefusedByName() throws IOException {
        var call = message("assistant", "");
        call(call, "x1", "get_weather", "{\"city\": \"Lima\"}");
        Files.writeString(
                folder.resolve("pairs.jsonl"),
                line(
                                NODES.arrayNode().add(message("user", "Weather in Lima?")),
                                answer(call),
                                answer(message("assistant", "?")),
                                "north")
                        + line(
                                NODES.arrayNode().add(message("user", "Is 7 prime?")),
                                answer(message("assistant", "Yes.")),
                                answer(message("assistant", "No.")),
                                "south"));
        study("first.yaml", "pairs.jsonl", "team");
        var result = Distribution.run(
                folder,
                Distribution.SHORT,
                List.of("data", "export", "first.yaml", "--quiet", "--to", "llama-factory", "--out", "one"));
        assertThat(result.code()).as(result.err()).isEqualTo(3);
        assertThat(result.err()).contains("cannot keep item p-", "answer calls a tool", "nemo-rl");
        assertThat(folder.resolve("one/preferences.jsonl")).doesNotExist();
    }

    /// Runs the export and collects every pair, independent of which of the two won.
    private Set<String> export(String study, Path data, String trainer, String out) throws IOException {
        var result = Distribution.run(
                folder,
                List.of(
                        "data",
                        "export",
                        study,
                        "--quiet",
                        "--data",
                        data.toString(),
                        "--to",
                        trainer,
                        "--weights",
                        "uniform",
                        "--out",
                        out));
        assertThat(result.code()).as(result.err()).isZero();
        var pairs = new TreeSet<String>();
        for (var line : Files.readAllLines(folder.resolve(out).resolve("preferences.jsonl"))) {
            var record = JSON.readTree(line);
            pairs.add(
                    switch (trainer) {
                        case "nemo-rl" ->
                            pair(
                                    record.path("context"),
                                    record.at("/completions/0/completion"),
                                    record.at("/completions/1/completion"));
                        case "llama-factory" ->
                            pair(
                                    turns(record),
                                    answer(message(
                                            "assistant", record.path("chosen").asText())),
                                    answer(message(
                                            "assistant", record.path("rejected").asText())));
                        default -> pair(record.path("prompt"), record.path("chosen"), record.path("rejected"));
                    });
        }
        return pairs;
    }

    private static ArrayNode turns(JsonNode record) {
        var turns = NODES.arrayNode();
        if (!record.path("system").asText().isEmpty()) {
            turns.add(message("system", record.path("system").asText()));
        }
        record.path("history")
                .forEach(turn -> turns.add(message("user", turn.get(0).asText()))
                        .add(message("assistant", turn.get(1).asText())));
        return turns.add(message("user", record.path("instruction").asText()));
    }

    private static Set<String> write(Path file, boolean anything) throws IOException {
        var random = new SplittableRandom(11);
        var pairs = new TreeSet<String>();
        var lines = new StringBuilder();
        for (int n = 0; n < ITEMS; n++) {
            var prompt = prompt(random, n, anything);
            var chosen = answer(random, "A" + n, anything);
            var rejected = answer(random, "B" + n, anything);
            pairs.add(pair(prompt, chosen, rejected));
            lines.append(line(prompt, chosen, rejected, n % 2 == 0 ? "north" : "south"));
        }
        Files.writeString(file, lines);
        return pairs;
    }

    private static ArrayNode prompt(SplittableRandom random, int n, boolean anything) {
        var prompt = NODES.arrayNode();
        if (random.nextBoolean()) {
            prompt.add(message("system", "Item " + n + text(random)));
        }
        for (int turn = random.nextInt(4); turn > 0; turn--) {
            prompt.add(message("user", random.nextInt(4) == 0 ? "" : text(random)));
            prompt.add(anything ? assistant(random) : message("assistant", text(random)));
            if (anything && random.nextInt(3) == 0) {
                prompt.add(message("tool", text(random)).put("tool_call_id", "x" + random.nextInt(3)));
            }
        }
        return prompt.add(message("user", "Question " + n + " " + text(random)));
    }

    private static ArrayNode answer(SplittableRandom random, String id, boolean anything) {
        if (!anything) {
            return answer(message("assistant", id + text(random)));
        }
        var answer = NODES.arrayNode().add(assistant(random));
        for (int turn = random.nextInt(3); turn > 0; turn--) {
            answer.add(message(random.nextBoolean() ? "user" : "tool", text(random)));
        }
        return answer.add(message("assistant", random.nextInt(5) == 0 ? "" : id + text(random)))
                .add(message("assistant", id));
    }

    private static ObjectNode assistant(SplittableRandom random) {
        var message = message("assistant", random.nextInt(3) == 0 ? "" : text(random));
        for (int calls = random.nextInt(3); calls > 0; calls--) {
            call(message, "x" + calls, "f" + random.nextInt(2), "{\"a\": [1.50, " + random.nextInt(9) + "]}");
        }
        return message;
    }

    private static void call(ObjectNode message, String id, String name, String arguments) {
        message.withArray("tool_calls")
                .addObject()
                .put("id", id)
                .put("type", "function")
                .putObject("function")
                .put("name", name)
                .put("arguments", arguments);
    }

    private static ObjectNode message(String role, String content) {
        return NODES.objectNode().put("role", role).put("content", content);
    }

    private static ArrayNode answer(JsonNode message) {
        return NODES.arrayNode().add(message);
    }

    private static String text(SplittableRandom random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static String line(JsonNode prompt, JsonNode chosen, JsonNode rejected, String team) {
        var record = NODES.objectNode();
        record.set("prompt", prompt);
        record.set("chosen", chosen);
        record.set("rejected", rejected);
        return record.put("annotator", "w" + team).put("team", team) + "\n";
    }

    private static String pair(JsonNode prompt, JsonNode one, JsonNode other) {
        var answers = new ArrayList<>(List.of(one.toString(), other.toString()));
        answers.sort(Comparator.naturalOrder());
        return prompt + " -> " + answers;
    }

    private void study(String name, String file, String attribute) throws IOException {
        Files.writeString(folder.resolve(name), """
                study: conversations
                source:
                  plugin: files
                  settings:
                    format: trl
                    file: %s
                    attributes: [{name: team, column: %s}]
                seats: {attribute: team}
                profiler: {plugin: groups}
                algorithm: {plugin: nash-dpo, formulations: [population]}
                evaluators: []
                seed: 1
                """.formatted(file, attribute));
    }
}
