package org.polyphony.plugin.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.plugin.source.files.mapping.FilesSettings;
import org.polyphony.plugin.source.files.mapping.Format;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Conversation;
import org.polyphony.spi.preference.Message;
import org.polyphony.spi.preference.ToolCall;

/// Prompts and answers as messages, in every shape that trainers document.
class ConversationsTest {

    private static final Message QUESTION = Message.of("user", "Q");

    @TempDir
    Path root;

    // what is right of each reported input: system, turns, roles and calls stay what they are

    @Test
    void read_oneConversationGoesOn_isRefusedWithItsRow() throws IOException {
        assertThat(fails(copied("turns-behind.jsonl")))
                .contains("line 1: chosen is only the beginning of the other", "2 messages")
                .doesNotContain("line 2");
    }

    @Test
    void read_systemAndEarlierTurns_stayMessages() throws IOException {
        try (var reading = Reading.of(root, copied("system.jsonl"))) {
            var asked = conversation(reading.judgments().candidates(), "Tromsø");
            assertThat(asked.messages())
                    .containsExactly(
                            Message.of("system", "Answer as a kind aunt."),
                            Message.of("user", "It is cold."),
                            Message.of("assistant", "Oh dear, where are you?"),
                            Message.of("user", "In Tromsø. What do I wear?"));
            assertThat(asked.text()).startsWith("system: Answer as a kind aunt.\n\nuser: It is cold.\n\nassistant: Oh");
            assertThat(reading.judgments().candidates().texts()).contains("Wear a coat.", "Who cares.");
        }
    }

    @Test
    void read_sameWordsOfOtherRoles_areTwoItems() throws IOException {
        try (var reading = Reading.of(root, copied("roles.jsonl"))) {
            assertThat(reading.judgments().candidates().items()).hasSize(2).doesNotHaveDuplicates();
            for (int item = 0; item < 2; item++) {
                assertThat(java.util.Arrays.stream(Empirical.wins(reading.judgments(), item))
                                .flatMapToDouble(java.util.Arrays::stream)
                                .max())
                        .hasValue(1);
            }
        }
    }

    @Test
    void read_calls_areKept() throws IOException {
        var call = new ToolCall("x1", "get_weather", "{\"city\": \"Lima\"}");
        var calling = Message.of("assistant", "").withCalls(List.of(call));
        try (var reading = Reading.of(root, copied("calls.jsonl"))) {
            var candidates = reading.judgments().candidates();
            assertThat(candidates.completions()).contains(Conversation.of(calling));
            assertThat(candidates.texts()).contains("assistant: calls get_weather({\"city\": \"Rome\"})");
            assertThat(conversation(candidates, "tool (x1): 20").messages())
                    .containsExactly(
                            Message.of("user", "Weather in Lima?"),
                            calling,
                            Message.of("tool", "20").answering("x1"));
        }
        try (var reading = Reading.of(root, copied("call-and-text.jsonl"))) {
            assertThat(reading.judgments().candidates().completions())
                    .contains(Conversation.of(calling), Conversation.answering("I do not know the weather."));
        }
    }

    @Test
    void read_answersThatRepeatThePrompt_areOnlyWhatFollows() throws IOException {
        try (var reading = Reading.of(root, copied("whole.jsonl"))) {
            var candidates = reading.judgments().candidates();
            assertThat(candidates.prompts()).containsExactlyInAnyOrder("How do I peel garlic?", "What is a quince?");
            assertThat(candidates.texts())
                    .containsExactlyInAnyOrder(
                            "Crush it with a knife first.", "Use your teeth.", "A fruit.", "A bird.");
        }
    }

    @Test
    void read_dialogues_areDividedIntoTurns() throws IOException {
        try (var reading = Reading.of(root, copied("dialogues.jsonl"))) {
            var candidates = reading.judgments().candidates();
            assertThat(conversation(candidates, "bread").messages())
                    .containsExactly(
                            Message.of("user", "My bread is flat, why?"),
                            Message.of("assistant", "Your yeast may be old."),
                            Message.of("user", "How can I test it?"));
            assertThat(candidates.texts()).contains("Just guess.", "Put it in warm water with sugar.", "No idea.");
        }
    }

    @Test
    void read_nemoRl_isAPairOfTheRanks() throws IOException {
        try (var reading = Reading.of(root, copied("nemo-rl.jsonl"))) {
            var candidates = reading.judgments().candidates();
            assertThat(candidates.prompts()).containsExactly("Is 7 prime?");
            int yes = candidates.texts().indexOf("Yes.");
            assertThat(Empirical.wins(reading.judgments(), 0)[yes][1 - yes]).isEqualTo(1);
        }
        var mapping = Mappings.of(Format.CANONICAL, "nemo-rl.jsonl");
        assertThat(Reading.failure(root, mapping.settings())).hasMessageContaining("are read with format: trl");
    }

    @Test
    void read_canonicalOddities_areReadOrRefusedByName() throws IOException {
        try (var reading = Reading.of(root, canonical("integers.jsonl"))) {
            assertThat(reading.lines()).containsExactly("1 7 41 north 0=1.0 1=0.0", "2 8 - south 1=1.0 0=0.0");
        }
        try (var reading = Reading.of(root, canonical("flat-ranking.jsonl"))) {
            assertThat(reading.lines())
                    .containsExactly("q p1 north a=0.0 b=-1.0 c=-2.0", "q p2 south c=0.0 b=-1.0 a=-2.0");
        }
        assertThat(Reading.failure(root, canonical("list-group.jsonl")))
                .hasMessageContaining("line 1: judgments[0].group.team is a list, [\"north\",\"youth\"]");
    }

    @Test
    void read_nulInATextIsACharacter() throws IOException {
        try (var reading = Reading.of(root, copied("nul.jsonl"))) {
            assertThat(reading.judgments().candidates().texts()).contains("a\u0000b", "a\u0000c");
        }
    }

    @Test
    void read_publicDialogues_allPairsAndTheFiveThatPartEarlier() {
        var folder = SharedData.folder("hh_rlhf");
        var settings = Mappings.of(Format.TRL, "harmless-base_test.jsonl.gz").settings();
        try (var reading = Reading.of(folder, settings)) {
            assertThat(reading.judgments().count()).isEqualTo(2312);
            var candidates = reading.judgments().candidates();
            assertThat(candidates.contexts())
                    .allMatch(asked -> asked.messages().getLast().role().equals("user"));
            assertThat(candidates.completions().stream()
                            .filter(answer -> answer.messages().size() == 2))
                    .hasSize(5)
                    .allMatch(answer -> answer.messages().stream()
                            .allMatch(message -> message.role().equals("assistant")));
            assertThat(candidates.completions().stream()
                            .filter(answer -> answer.text().isEmpty()))
                    .hasSize(4)
                    .noneMatch(Conversation::isUnknown);
            assertThat(reading.issues())
                    .anyMatch(issue -> issue.code().equals("ANSWER_TURNS")
                            && issue.message().startsWith("5 answers"));
        }
    }

    // siblings

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"role\":\"user\",\"content\":\"Q\"}]",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Q\"}]}]",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"\"},{\"type\":\"text\",\"text\":\"Q\"}]}]",
                "[{\"from\":\"human\",\"value\":\"Q\"}]",
                "{\"role\":\"user\",\"content\":\"Q\",\"tool_calls\":null,\"name\":null}",
                "\"Q\""
            })
    void read_documentedShapesOfAMessage_areTheSameItem(String prompt) throws IOException {
        try (var reading = Reading.of(root, pair("\"prompt\":" + prompt))) {
            assertThat(reading.judgments().candidates().contexts()).containsExactly(Conversation.of(QUESTION));
            var plain = pair("\"prompt\":\"Q\"");
            try (var other = Reading.of(root, plain)) {
                assertThat(other.judgments().candidates().items())
                        .isEqualTo(reading.judgments().candidates().items());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"role\":\"user\",\"content\":5}]|prompt[0].content is 5; a text is needed",
                "[{\"role\":\"user\",\"content\":null}]|prompt[0].content is null; a message has a content or calls",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{}}]}]|prompt[0].content[0] is of type image_url; only",
                "[{\"speaker\":\"user\",\"text\":\"Q\"}]|prompt[0] has the keys [speaker, text]; a message has role and content",
                "[{\"from\":\"bing\",\"value\":\"Q\"}]|from is the text \"bing\"; known are [assistant, chatgpt",
                "[[\"Q\",\"A\"]]|prompt[0] is a list, [\"Q\",\"A\"]; an object is needed",
                "[\"Q\"]|prompt[0] is the text \"Q\"; an object is needed",
                "[]|prompt is an empty list; a conversation has at least one message",
                "7|prompt is 7; a text or a list of messages is needed",
                "[{\"role\":\"user\",\"content\":\"Q\",\"name\":\"Ann\"}]|name is Ann beside the role user",
                "[{\"role\":\"user\",\"content\":\"Q\",\"images\":[\"a.png\"]}]|images is not read",
                "[{\"role\":\"assistant\",\"content\":\"Q\",\"reasoning_content\":\"hm\"}]|reasoning_content is not read",
                "[{\"role\":\"assistant\",\"tool_calls\":[{\"type\":\"custom\"}]}]|only calls of type function are read",
                "[{\"from\":\"function_call\",\"value\":\"weather\"}]|a call is JSON with name and arguments",
                "'[{''role'': ''user'', ''content'': ''Q''}]'|",
            })
    void read_otherShapes_areRefusedByName(String prompt, String message) throws IOException {
        boolean python = prompt.startsWith("[{'");
        var failure = Reading.failure(root, pair("\"prompt\":" + (python ? "\"" + prompt + "\"" : prompt)));
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(StandardErrorCode.VALUE_INVALID);
        assertThat(failure.getMessage())
                .startsWith("r.jsonl, line 1: prompt")
                .contains(python ? "a list as Python prints it" : message);
    }

    @Test
    void read_unknownKeyOfAMessage_isTold() throws IOException {
        try (var reading =
                Reading.of(root, pair("\"prompt\":[{\"role\":\"user\",\"content\":\"Q\",\"lang\":\"en\"}]"))) {
            assertThat(reading.issueCodes()).contains("MESSAGE_KEY_UNREAD");
        }
    }

    @Test
    void read_functionRole_namesWhatItAnswers() throws IOException {
        var settings =
                pair("\"prompt\":[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"content\":null,"
                        + "\"function_call\":{\"name\":\"f\",\"arguments\":{\"a\": [1.50, \"x\\n\"]}}},"
                        + "{\"role\":\"function\",\"name\":\"f\",\"content\":\"20\"}]");
        try (var reading = Reading.of(root, settings)) {
            var messages =
                    reading.judgments().candidates().contexts().getFirst().messages();
            assertThat(messages.get(1).calls()).containsExactly(new ToolCall("", "f", "{\"a\":[1.50,\"x\\n\"]}"));
            assertThat(messages.get(2)).isEqualTo(Message.of("function", "20").answering("f"));
        }
    }

    @Test
    void read_idAndNameOfACall_mustBeOfOne() throws IOException {
        String call =
                "{\"prompt\":[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"x1\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}],\"chosen\":[{\"role\":\"assistant\",\"content\":\"A\"},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"x1\",\"name\":\"f\",\"content\":\"20\"}],\"rejected\":\"B\"}\n";
        Reading.write(root, "r.jsonl", call);
        try (var reading = Reading.of(root, trl("r.jsonl"))) {
            assertThat(reading.judgments().candidates().completions())
                    .contains(Conversation.of(
                            Message.of("assistant", "A"),
                            Message.of("tool", "20").answering("x1")));
        }
        Reading.write(root, "r.jsonl", call.replace("\"name\":\"f\",\"content\"", "\"name\":\"g\",\"content\""));
        assertThat(fails(trl("r.jsonl")))
                .contains("chosen[1].name is g, but no earlier message calls g with the id x1");
    }

    @Test
    void read_shareGpt_isLlamaFactorysLayout() throws IOException {
        Reading.write(
                root,
                "r.jsonl",
                "{\"system\":\"Be short.\",\"conversations\":[{\"from\":\"human\",\"value\":\"Q\"},"
                        + "{\"from\":\"function_call\",\"value\":\"{\\\"name\\\":\\\"f\\\",\\\"arguments\\\":{\\\"a\\\":1}}\"},"
                        + "{\"from\":\"observation\",\"value\":\"20\"}],\"chosen\":{\"from\":\"gpt\",\"value\":\"A\"},"
                        + "\"rejected\":{\"from\":\"gpt\",\"value\":\"B\"}}\n");
        try (var reading = Reading.of(root, trl("r.jsonl"))) {
            assertThat(reading.judgments().candidates().contexts().getFirst().messages())
                    .containsExactly(
                            Message.of("system", "Be short."),
                            QUESTION,
                            Message.of("assistant", "").withCalls(List.of(new ToolCall("", "f", "{\"a\":1}"))),
                            Message.of("tool", "20"));
        }
    }

    @Test
    void read_rankedCompletions_areARankingWithTies() throws IOException {
        Reading.write(
                root,
                "r.jsonl",
                "{\"context\":[{\"role\":\"user\",\"content\":\"Q\"}],\"completions\":[" + completion(2, "C") + ","
                        + completion(0, "A") + "," + completion(2, "D") + "]}\n");
        try (var reading = Reading.of(root, trl("r.jsonl"))) {
            var judgments = reading.judgments();
            assertThat(judgments.entries().value().toDoubles()).containsExactlyInAnyOrder(-2, 0, -2);
        }
        Reading.write(
                root,
                "r.jsonl",
                "{\"context\":\"Q\",\"completions\":[" + completion(1, "A") + "," + completion(1, "B") + "]}\n");
        try (var reading = Reading.of(root, trl("r.jsonl"))) {
            assertThat(reading.judgments().entries().value().toDoubles()).containsExactly(0.5, 0.5);
        }
        Reading.write(root, "r.jsonl", "{\"context\":\"Q\",\"completions\":[" + completion(1, "A") + "]}\n");
        assertThat(fails(trl("r.jsonl"))).contains("completions has 1 entries");
    }

    @Test
    void read_implicitPrompts_commonBeginningInEveryForm() throws IOException {
        Reading.write(root, "r.jsonl", "{\"chosen\":\"The sky is blue.\",\"rejected\":\"The sky is green.\"}\n");
        try (var reading = Reading.of(root, trl("r.jsonl"))) {
            var candidates = reading.judgments().candidates();
            assertThat(candidates.prompts()).containsExactly("The sky is");
            assertThat(candidates.texts()).containsExactlyInAnyOrder(" blue.", " green.");
            assertThat(reading.issueCodes()).contains("PROMPT_IMPLICIT");
        }
        Reading.write(root, "r.jsonl", "{\"chosen\":\"good\",\"rejected\":\"great\"}\n");
        assertThat(fails(trl("r.jsonl"))).contains("line 1: there is no prompt", "do not begin alike");
        Reading.write(root, "r.jsonl", "{\"chosen\":\"The sky is\",\"rejected\":\"The sky is green.\"}\n");
        assertThat(fails(trl("r.jsonl"))).contains("line 1: chosen is only the beginning of the other");
        Reading.write(
                root,
                "r.jsonl",
                "{\"chosen\":" + turns("user", "P", "assistant", "A") + ",\"rejected\":"
                        + turns("user", "Q", "assistant", "A") + "}\n");
        assertThat(fails(trl("r.jsonl"))).contains("there is no prompt", "begin with different messages: P and Q");
        Reading.write(
                root,
                "r.jsonl",
                "{\"chosen\":" + turns("system", "S", "user", "P", "assistant", "A") + ",\"rejected\":"
                        + turns("system", "S", "user", "Q", "assistant", "A") + "}\n");
        assertThat(fails(trl("r.jsonl"))).contains("chosen begins with a message of the role user (P)");
        Reading.write(root, "r.jsonl", "{\"chosen\":\"text\",\"rejected\":" + turns("user", "Q") + "}\n");
        assertThat(fails(trl("r.jsonl"))).contains("chosen is the text \"text\"; there is no prompt");
    }

    @Test
    void read_severalTurnsBehindTheSharedOnes_areKept() throws IOException {
        Reading.write(
                root,
                "r.jsonl",
                "{\"chosen\":" + turns("user", "Q", "assistant", "A") + ",\"rejected\":"
                        + turns("user", "Q", "assistant", "B", "user", "Q2", "assistant", "B2") + "}\n");
        try (var reading = Reading.of(root, trl("r.jsonl"))) {
            assertThat(reading.judgments().candidates().completions())
                    .containsExactlyInAnyOrder(
                            Conversation.answering("A"),
                            Conversation.of(
                                    Message.of("assistant", "B"),
                                    Message.of("user", "Q2"),
                                    Message.of("assistant", "B2")));
        }
    }

    @Test
    void read_promptBesideWholeConversations_theirBeginningIsTheContext() throws IOException {
        Reading.write(
                root,
                "r.jsonl",
                "{\"prompt\":\"Q\",\"chosen\":" + turns("system", "S", "user", "Q", "assistant", "A") + ",\"rejected\":"
                        + turns("system", "S", "user", "Q", "assistant", "B") + "}\n");
        try (var reading = Reading.of(root, trl("r.jsonl"))) {
            assertThat(reading.judgments().candidates().contexts())
                    .containsExactly(Conversation.of(Message.of("system", "S"), QUESTION));
        }
        Reading.write(
                root,
                "r.jsonl",
                "{\"prompt\":\"Other\",\"chosen\":" + turns("user", "Q", "assistant", "A") + ",\"rejected\":"
                        + turns("user", "Q", "assistant", "B") + "}\n");
        assertThat(fails(trl("r.jsonl"))).contains("does not repeat the prompt");
        Reading.write(
                root,
                "r.jsonl",
                "{\"prompt\":\"\\n\\nHuman: Q\\n\\nAssistant:\",\"chosen\":\" A\",\"rejected\":\" B\"}\n");
        try (var reading = Reading.of(root, trl("r.jsonl"))) {
            assertThat(reading.judgments().candidates().contexts()).containsExactly(Conversation.of(QUESTION));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"  \"", "NaN"})
    void read_promptThatIsMissing_isNoText(String prompt) throws IOException {
        assertThat(fails(pair("\"prompt\":" + prompt))).contains("line 1: there is no prompt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "NaN", "nan"})
    void read_missingValues_areBlankAndNeverAGroup(String missing) throws IOException {
        Reading.write(
                root,
                "r.jsonl",
                "{\"prompt\":\"Q\",\"chosen\":\"A\",\"rejected\":\"B\",\"team\":" + missing
                        + "}\n{\"prompt\":\"Q\",\"chosen\":\"B\",\"rejected\":\"A\",\"team\":\"NA\"}\n");
        var mapping = Mappings.of(Format.TRL, "r.jsonl");
        mapping.attributes = List.of(Mappings.attribute("team"));
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.judgments().judges().attributes().getFirst().levels())
                    .containsExactly("NA");
            assertThat(reading.issueCodes()).contains("ATTRIBUTE_BLANK", "LEVEL_LOOKS_BLANK");
        }
        Reading.write(root, "c.jsonl", RecordsTest.CANONICAL.replace("\"country\":\"FR\"", "\"country\":" + missing));
        try (var reading =
                Reading.of(root, Mappings.of(Format.CANONICAL, "c.jsonl").settings())) {
            assertThat(reading.judgments().judges().attributes().get(1).levels())
                    .containsExactly("KE");
        }
        Reading.write(root, "r.jsonl", "{\"prompt\":\"Q\",\"chosen\":" + missing + ",\"rejected\":\"B\"}\n");
        assertThat(fails(trl("r.jsonl"))).contains("line 1: chosen is empty");
    }

    @Test
    void read_misspeltUnsafe_isRefused() throws IOException {
        Reading.write(root, "c.jsonl", RecordsTest.CANONICAL.replace("\"unsafe\":true", "\"Unsafe\":true"));
        var settings = Mappings.of(Format.CANONICAL, "c.jsonl").settings();
        assertThat(Reading.failure(root, settings)).hasMessageContaining("did you mean unsafe?");
        Reading.write(root, "c.jsonl", RecordsTest.CANONICAL.replace("\"unsafe\":true", "\"unsafe\":\"perhaps\""));
        assertThat(Reading.failure(root, settings)).hasMessageContaining("unsafe is the text \"perhaps\"");
    }

    @Test
    void read_damagedLine_saysWhichOne() throws IOException {
        String good = "{\"prompt\":\"Q\",\"chosen\":\"A\",\"rejected\":\"B\"}\n";
        for (var format : List.of(Format.TRL, Format.CANONICAL)) {
            String whole = format == Format.TRL ? good : RecordsTest.CANONICAL;
            int lines = whole.split("\n").length;
            String damaged = whole.repeat(3000).replaceFirst("\n$", "\n\n") + "{\"prompt\":\"Q\",\"chosen\"}\n" + whole;
            Reading.write(root, "r.jsonl", damaged);
            assertThat(Reading.failure(root, Mappings.of(format, "r.jsonl").settings()))
                    .hasMessageContaining("r.jsonl, line " + (3000 * lines + 2) + ": a colon is needed");
        }
    }

    @Test
    void read_orderAndDivisionOfRecords_changeNothing() throws IOException {
        var lines = new java.util.ArrayList<String>();
        var random = new java.util.SplittableRandom(4);
        for (int n = 0; n < 60; n++) {
            lines.add("{\"prompt\":\"Q" + random.nextInt(4) + "\",\"chosen\":\"A" + random.nextInt(3)
                    + "\",\"rejected\":\"B" + random.nextInt(3) + "\",\"who\":" + random.nextInt(5) + ",\"team\":\"t"
                    + random.nextInt(2) + "\"}");
        }
        var mapping = Mappings.of(Format.TRL, "*.jsonl");
        mapping.annotator = "who";
        mapping.attributes = List.of(Mappings.attribute("team"));
        Reading.write(root, "a.jsonl", String.join("\n", lines));
        List<String> before;
        try (var reading = Reading.of(root, mapping.settings())) {
            before = reading.lines();
        }
        java.util.Collections.reverse(lines);
        Reading.write(root, "a.jsonl", String.join("\n", lines.subList(0, 13)));
        Reading.write(root, "b.jsonl", String.join("\n", lines.subList(13, 60)));
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.lines()).isEqualTo(before);
        }
    }

    @Test
    void read_ids_differWhereAnyMessageDiffers() throws IOException {
        var prompts = List.of(
                "\"user\"",
                turns("user", "a", "user", "b"),
                turns("user", "a\n\nb"),
                turns("system", "a", "user", "b"),
                turns("user", "a", "assistant", "b"),
                "[{\"role\":\"user\",\"content\":\"a\",\"tool_calls\":[{\"function\":{\"name\":\"b\"}}]}]",
                "[{\"role\":\"tool\",\"content\":\"a\",\"tool_call_id\":\"b\"}]",
                "[{\"role\":\"tool\",\"content\":\"a\"}]");
        var ids = new HashSet<String>();
        for (var prompt : prompts) {
            try (var reading = Reading.of(root, pair("\"prompt\":" + prompt))) {
                ids.addAll(reading.judgments().candidates().items());
            }
        }
        assertThat(ids).hasSize(prompts.size());
    }

    private FilesSettings pair(String prompt) throws IOException {
        Reading.write(root, "r.jsonl", "{" + prompt + ",\"chosen\":\"Good.\",\"rejected\":\"Bad.\"}\n");
        return trl("r.jsonl");
    }

    private static String completion(int rank, String text) {
        return "{\"rank\":" + rank + ",\"completion\":" + turns("assistant", text) + "}";
    }

    private static String turns(String... rolesAndContents) {
        var list = new StringBuilder("[");
        for (int i = 0; i < rolesAndContents.length; i += 2) {
            list.append(i == 0 ? "" : ",")
                    .append("{\"role\":\"")
                    .append(rolesAndContents[i])
                    .append("\",\"content\":\"")
                    .append(rolesAndContents[i + 1].replace("\n", "\\n"))
                    .append("\"}");
        }
        return list.append(']').toString();
    }

    private String fails(FilesSettings settings) {
        return String.valueOf(Reading.failure(root, settings).getMessage());
    }

    private static FilesSettings trl(String file) {
        return Mappings.of(Format.TRL, file).settings();
    }

    private FilesSettings copied(String name) throws IOException {
        copy(name);
        return trl(name);
    }

    private FilesSettings canonical(String name) throws IOException {
        copy(name);
        return Mappings.of(Format.CANONICAL, name).settings();
    }

    private void copy(String name) throws IOException {
        try (var in =
                Objects.requireNonNull(ConversationsTest.class.getResourceAsStream("/conversations/" + name), name)) {
            Files.writeString(root.resolve(name), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Conversation conversation(Candidates candidates, String words) {
        return candidates.contexts().stream()
                .filter(asked -> asked.text().contains(words))
                .findFirst()
                .orElseThrow();
    }
}
