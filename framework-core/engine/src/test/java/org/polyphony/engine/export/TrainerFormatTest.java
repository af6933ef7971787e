package org.polyphony.engine.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.polyphony.engine.export.PreferencePair.Side;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.preference.Conversation;
import org.polyphony.spi.preference.Message;
import org.polyphony.spi.preference.ToolCall;

/// Every layout, read back by DuckDB's own JSON reader.
class TrainerFormatTest {

    private static final java.util.SequencedMap<String, String> NOTHING = new LinkedHashMap<>();

    private static final List<String> TEXTS = List.of(
            "plain",
            "two\nlines\r\nand\ta tab",
            "\"quoted\", 'single', back\\slash and /",
            "Ärzte, 医者, طبيب, 🩺 and e\u0301",
            "line\u2028and paragraph\u2029separators, \u0001 control, \u007f",
            " leading and trailing ",
            "{\"prompt\": \"json\"}, [1], null, </script>");

    // what the trainer reads, as columns prompt, chosen, rejected
    private static final Map<TrainerFormat, String> COLUMNS = Map.of(
            TrainerFormat.TRL, "prompt[1].content p, chosen[1].content c, rejected[1].content r",
            TrainerFormat.OPENRLHF, "prompt[1].content p, chosen[1].content c, rejected[1].content r",
            TrainerFormat.NEMO_RL,
                    "context[1].content p, list_filter(completions, lambda x: x.rank = 0)[1].completion[1].content c,"
                            + " list_filter(completions, lambda x: x.rank = 1)[1].completion[1].content r",
            TrainerFormat.LLAMA_FACTORY, "instruction p, chosen c, rejected r");

    private static final String EXTRA = "STRUCT(item VARCHAR, chosen_id VARCHAR, rejected_id VARCHAR, win_probability"
            + " DOUBLE, step DOUBLE, judgments DOUBLE, reference_logp_chosen DOUBLE, reference_logp_rejected DOUBLE,"
            + " policy_logp_chosen DOUBLE, policy_logp_rejected DOUBLE, stakeholders MAP(VARCHAR, DOUBLE))";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @EnumSource(TrainerFormat.class)
    void record_readBack_isTheSamePair(TrainerFormat format) throws IOException, SQLException {
        var pairs = pairs(new SplittableRandom(7), 200);
        var file = write(format, pairs);

        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT " + COLUMNS.get(format) + ", margin, weight, polyphony FROM "
                        + "read_json('" + file + "', format = 'newline_delimited', columns = {" + types(format)
                        + ", margin: 'DOUBLE', weight: 'DOUBLE', polyphony: '" + EXTRA + "'})")) {
            var read = new ArrayList<PreferencePair>();
            while (rows.next()) {
                var pair = pair(rows);
                assertThat(rows.getDouble("margin")).isEqualTo(pair.margin());
                read.add(pair);
            }
            assertThat(read).containsExactlyElementsOf(pairs);
        }
    }

    @Test
    void llamaFactory_companion_declaresARankedDataSetOfTheDataFile() {
        var info = TrainerFormat.LLAMA_FACTORY.companions();
        assertThat(info).containsOnlyKeys("dataset_info.json");
        var dataset = info.values().iterator().next().path("polyphony");
        assertThat(dataset.path("ranking").booleanValue()).isTrue();
        assertThat(dataset.path("file_name").textValue()).isEqualTo(TrainerFormat.LLAMA_FACTORY.dataFile());
        var record = TrainerFormat.LLAMA_FACTORY.record(
                pairs(new SplittableRandom(1), 1).getFirst());
        dataset.path("columns")
                .forEach(column -> assertThat(record.has(column.asText()))
                        .as(column.asText())
                        .isTrue());
    }

    @ParameterizedTest
    @EnumSource(TrainerFormat.class)
    void record_anyFormat_hasNoColumnThatTrainersTakeForSumsOverTokens(TrainerFormat format) {
        var record = format.record(pairs(new SplittableRandom(1), 1).getFirst());
        assertThat(record.fieldNames()).toIterable().noneMatch(name -> name.contains("logp"));
    }

    private static final Conversation TURNS = Conversation.of(
            Message.of("system", "Be kind."),
            Message.of("user", ""),
            Message.of("assistant", "Ärzte?"),
            Message.of("user", "Why?"));

    private static final Conversation CALLING = Conversation.of(
            Message.of("user", "Weather?"),
            Message.of("assistant", "")
                    .withCalls(
                            List.of(new ToolCall("x1", "weather", "{\"city\": \"Lima\"}"), new ToolCall("", "f", ""))),
            Message.of("tool", "20").answering("x1"),
            Message.of("tool", "").answering("f"));

    @ParameterizedTest
    @EnumSource(value = TrainerFormat.class, names = "LLAMA_FACTORY", mode = EnumSource.Mode.EXCLUDE)
    void record_conversation_keepsRolesTurnsAndCalls(TrainerFormat format) {
        for (var asked : List.of(TURNS, CALLING)) {
            var record = format.record(pair(asked, CALLING, Conversation.answering("No.")));
            boolean ranked = format == TrainerFormat.NEMO_RL;
            assertThat(messages(record.path(ranked ? "context" : "prompt"))).isEqualTo(asked);
            assertThat(messages(record.at(ranked ? "/completions/0/completion" : "/chosen")))
                    .isEqualTo(CALLING);
            assertThat(messages(record.at(ranked ? "/completions/1/completion" : "/rejected")))
                    .isEqualTo(Conversation.answering("No."));
        }
        var calling =
                format.record(pair(CALLING, TURNS, TURNS)).path(format == TrainerFormat.NEMO_RL ? "context" : "prompt");
        assertThat(calling.get(2).path("tool_call_id").asText()).isEqualTo("x1");
        assertThat(calling.get(3).path("name").asText()).isEqualTo("f");
        assertThat(calling.at("/1/tool_calls/0/function/arguments").isTextual()).isTrue();
    }

    @Test
    void llamaFactory_turns_areSystemHistoryAndInstruction() {
        var record = TrainerFormat.LLAMA_FACTORY.record(
                pair(TURNS, Conversation.answering("Yes."), Conversation.answering("No.")));
        assertThat(record.path("system").asText()).isEqualTo("Be kind.");
        assertThat(record.path("history").toString()).isEqualTo("[[\"\",\"Ärzte?\"]]");
        assertThat(record.path("instruction").asText()).isEqualTo("Why?");
        assertThat(record.path("chosen").asText()).isEqualTo("Yes.");
    }

    static Stream<Arguments> whatAlpacaCannotKeep() {
        var yes = Conversation.answering("Yes.");
        return Stream.of(
                Arguments.of(CALLING, yes, "the prompt calls a tool"),
                Arguments.of(TURNS, CALLING, "the chosen answer has 4 messages"),
                Arguments.of(TURNS, Conversation.of(Message.of("assistant", "")), "the chosen answer is empty"),
                Arguments.of(
                        TURNS,
                        Conversation.of(Message.of("assistant", "A").withCalls(List.of(new ToolCall("", "f", "{}")))),
                        "the chosen answer calls a tool"),
                Arguments.of(
                        Conversation.of(Message.of("user", "a"), Message.of("user", "b")),
                        yes,
                        "message 2 of the prompt is by user where assistant is to speak"),
                Arguments.of(
                        Conversation.of(Message.of("user", "a"), Message.of("assistant", "b")),
                        yes,
                        "ends with a message of the assistant"),
                Arguments.of(Conversation.of(Message.of("system", "a")), yes, "has no message of the user"),
                Arguments.of(Conversation.of(Message.of("developer", "a")), yes, "is by developer where user"),
                Arguments.of(Conversation.of(Message.of("user", "")), yes, "the question is empty"));
    }

    @ParameterizedTest
    @MethodSource("whatAlpacaCannotKeep")
    void llamaFactory_anythingElse_isRefusedByName(Conversation asked, Conversation answer, String message) {
        assertThatThrownBy(() -> TrainerFormat.LLAMA_FACTORY.record(pair(asked, answer, Conversation.answering("No."))))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("cannot keep item q: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @EnumSource
    void record_whatIsKnownOfCandidates_staysWithThem(TrainerFormat format) {
        var known = new LinkedHashMap<String, String>();
        known.put("model", "small \"1\"");
        known.put("sample", "3");
        var plain = pair(Conversation.asking("Why?"), Conversation.answering("So."), Conversation.answering("No."));
        var chosen = new Side("a", plain.chosen().answer(), known, 0, 0);
        var pair = new PreferencePair("q", plain.prompt(), chosen, plain.rejected(), plain.evidence(), 1, 1);
        var extra = format.record(pair).path("polyphony");
        assertThat(extra.path("chosen_attributes").toString())
                .isEqualTo("{\"model\":\"small \\\"1\\\"\",\"sample\":\"3\"}");
        assertThat(extra.has("rejected_attributes"))
                .as("nothing is known of it")
                .isFalse();
    }

    private static PreferencePair pair(Conversation asked, Conversation chosen, Conversation rejected) {
        return new PreferencePair(
                "q",
                asked,
                new Side("a", chosen, NOTHING, 0, 0),
                new Side("b", rejected, NOTHING, 0, 0),
                new PreferencePair.Evidence(1, 1, new LinkedHashMap<>()),
                1,
                1);
    }

    private static Conversation messages(JsonNode list) {
        var messages = new ArrayList<Message>();
        for (var node : list) {
            var message =
                    Message.of(node.path("role").asText(), node.path("content").asText());
            var calls = new ArrayList<ToolCall>();
            node.path("tool_calls")
                    .forEach(call -> calls.add(new ToolCall(
                            call.path("id").asText(),
                            call.at("/function/name").asText(),
                            call.at("/function/arguments").asText())));
            message = message.withCalls(calls);
            String answered = node.path("tool_call_id").asText(node.path("name").asText());
            messages.add(answered.isEmpty() ? message : message.answering(answered));
        }
        return new Conversation(messages);
    }

    private Path write(TrainerFormat format, List<PreferencePair> pairs) throws IOException {
        var json = new ObjectMapper();
        var lines = new ArrayList<String>();
        for (var pair : pairs) {
            lines.add(json.writeValueAsString(format.record(pair)));
        }
        return Files.write(folder.resolve(format.dataFile()), lines);
    }

    private static String types(TrainerFormat format) {
        var messages = "STRUCT(role VARCHAR, content VARCHAR)[]";
        return switch (format) {
            case TRL, OPENRLHF ->
                "prompt: '" + messages + "', chosen: '" + messages + "', rejected: '" + messages + "'";
            case NEMO_RL ->
                "context: '" + messages + "', completions: 'STRUCT(rank INTEGER, completion " + messages + ")[]'";
            case LLAMA_FACTORY -> "instruction: 'VARCHAR', chosen: 'VARCHAR', rejected: 'VARCHAR'";
        };
    }

    private static PreferencePair pair(ResultSet row) throws SQLException {
        var extra = ((java.sql.Struct) row.getObject("polyphony")).getAttributes();
        var stakeholders = new LinkedHashMap<String, Double>();
        ((Map<?, ?>) extra[10]).forEach((name, value) -> stakeholders.put((String) name, (Double) value));
        return new PreferencePair(
                (String) extra[0],
                Conversation.asking(row.getString("p")),
                new Side(
                        (String) extra[1],
                        Conversation.answering(row.getString("c")),
                        NOTHING,
                        (Double) extra[6],
                        log(extra[8])),
                new Side(
                        (String) extra[2],
                        Conversation.answering(row.getString("r")),
                        NOTHING,
                        (Double) extra[7],
                        log(extra[9])),
                new PreferencePair.Evidence((Double) extra[3], (Double) extra[5], stakeholders),
                row.getDouble("weight"),
                (Double) extra[4]);
    }

    private static double log(Object value) {
        return value instanceof Double number ? number : Double.NEGATIVE_INFINITY;
    }

    private static List<PreferencePair> pairs(SplittableRandom random, int count) {
        var pairs = new ArrayList<PreferencePair>();
        for (int n = 0; n < count; n++) {
            double wins = 0.5 + random.nextDouble() / 2;
            var stakeholders = new LinkedHashMap<String, Double>();
            stakeholders.put("pharmacist", random.nextDouble());
            stakeholders.put("a \"quoted\" group", random.nextDouble() * 1e-7);
            pairs.add(new PreferencePair(
                    "item-" + n,
                    Conversation.asking(text(random)),
                    new Side(
                            "c" + n,
                            Conversation.answering(text(random)),
                            NOTHING,
                            -random.nextDouble() * 30,
                            -random.nextDouble()),
                    new Side(
                            "r\"" + n,
                            Conversation.answering(text(random)),
                            NOTHING,
                            -random.nextDouble() * 1e-9,
                            random.nextInt(3) == 0 ? Double.NEGATIVE_INFINITY : -random.nextDouble() * 700),
                    new PreferencePair.Evidence(wins, random.nextInt(1000), stakeholders),
                    random.nextDouble() * 1e-12,
                    3));
        }
        return pairs;
    }

    private static String text(SplittableRandom random) {
        return TEXTS.get(random.nextInt(TEXTS.size())) + TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
