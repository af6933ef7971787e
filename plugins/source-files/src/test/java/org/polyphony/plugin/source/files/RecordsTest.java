package org.polyphony.plugin.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.plugin.source.files.mapping.FilesSettings;
import org.polyphony.plugin.source.files.mapping.Format;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.JudgmentForm;

class RecordsTest {

    static final String CANONICAL = """
            {"id":"q1","prompt":[{"role":"user","content":"What?"}],"completions":[{"id":"a","completion":[{"role":"assistant","content":"A"}]},{"id":"b","completion":"B"},{"id":"c","completion":"C","unsafe":true}],"judgments":[{"annotator_id":"u2","ranking":[["b","c"],["a"]],"weight":2.0,"group":{"country":"KE"}},{"annotator_id":"u1","ranking":[["a"],["b"]],"strength":null,"group":{"country":"FR","age":30}}],"task_name":"t"}
            {"prompt":"Why?","completions":[{"id":"x","completion":"X"},{"id":"y","completion":"Y"}],"judgments":[{"annotator_id":"u1","ranking":[["x","y"]]}]}
            """;

    @TempDir
    Path root;

    @Test
    void read_canonical_keepsRankingsPairsAndGroups() throws IOException {
        Reading.write(root, "r.jsonl", CANONICAL);
        try (var reading = Reading.of(root, settings(Format.CANONICAL))) {
            String why = reading.judgments().candidates().items().getFirst();
            assertThat(why).matches("p-[0-9a-f]{12}");
            assertThat(reading.lines())
                    .containsExactly(
                            why + " u1 - - x=0.5 y=0.5", "q1 u1 30 FR a=1.0 b=0.0", "q1 u2 - KE b=0.0 c=0.0 a=-1.0");
            var candidates = reading.judgments().candidates();
            assertThat(candidates.prompts()).containsExactly("Why?", "What?");
            assertThat(candidates.texts()).containsExactly("X", "Y", "A", "B", "C");
            assertThat(candidates.declaredUnsafe().toBytes()).containsExactly(0, 0, 0, 0, 1);
            assertThat(candidates.attributes().ofItems().getFirst().values()).containsExactly("", "t");
            assertThat(reading.judgments().columns().weight().toDoubles()).containsExactly(1, 1, 2);
            assertThat(reading.judgments().form(0)).isEqualTo(JudgmentForm.PAIR);
            assertThat(reading.judgments().entries().ordered())
                    .as("records list the best first, whatever was shown")
                    .isFalse();
            assertThat(reading.judgments().form(2)).isEqualTo(JudgmentForm.RANKING);
            assertThat(reading.judgments().judges().attributes())
                    .extracting("name")
                    .containsExactly("age", "country");
        }
    }

    @Test
    void read_canonical_keepsWhatIsKnownOfCandidates() throws IOException {
        var record = """
                {"id":"q1","prompt":"Q","completions":[{"id":"b","completion":"B","attributes":{"sample":3,"model":"large"}},{"id":"a","completion":"A","attributes":{"model":"small"}},{"id":"c","completion":"C"}],"judgments":[{"annotator_id":"u1","ranking":["a","b","c"]}]}
                """;
        Reading.write(root, "r.jsonl", record);
        try (var reading = Reading.of(root, settings(Format.CANONICAL))) {
            assertThat(reading.judgments().candidates().attributes().ofCandidates())
                    .containsExactly(
                            new Candidates.Attribute("model", List.of("small", "large", "")),
                            new Candidates.Attribute("sample", List.of("", "3", "")));
        }
        Reading.write(root, "r.jsonl", record + record.replace("large", "larger"));
        var failure = Reading.failure(root, settings(Format.CANONICAL));
        assertThat(failure)
                .hasMessageContaining("item q1 has two values of model for its candidate b, large and larger");
    }

    @Test
    void read_canonicalWithDeclaredGroups_readsThoseOnly() throws IOException {
        Reading.write(root, "r.jsonl", CANONICAL);
        var mapping = Mappings.of(Format.CANONICAL, "r.jsonl");
        mapping.attributes = List.of(Mappings.attribute("country", "KE", "FR"));
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.judgments().judges().attributes().getFirst().levels())
                    .containsExactly("KE", "FR");
            assertThat(reading.judgments().level(1, 0)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"a\"],[\"b\"]]|[\"a\"],[\"z\"]]|VALUE_INVALID|no completion has the id z",
                "[[\"b\",\"c\"],[\"a\"]]|[[\"b\"]]|VALUE_INVALID|it needs two or more",
                "[[\"b\",\"c\"],[\"a\"]]|[[\"b\",\"b\"],[\"a\"]]|VALUE_INVALID|names the candidate b twice",
                "[[\"b\",\"c\"],[\"a\"]]|7|VALUE_INVALID|line 1: judgments[0].ranking is 7; a list is needed",
                "\"weight\":2.0|\"weight\":-1|VALUE_INVALID|weights are positive",
                "\"weight\":2.0|\"weight\":NaN|VALUE_INVALID|finite",
                "\"annotator_id\":\"u2\"|\"annotator\":\"u2\"|VALUE_INVALID|annotator_id is empty",
                "\"judgments\"|\"judgements\"|COLUMN_MISSING|did you mean 'judgements'?",
                "\"id\":\"b\"|\"id\":null|VALUE_INVALID|completions[1].id is empty"
            })
    void read_damagedCanonical_saysWhat(String from, String to, StandardErrorCode code, String message)
            throws IOException {
        Reading.write(root, "r.jsonl", CANONICAL.replace(from, to));
        var failure = Reading.failure(root, settings(Format.CANONICAL));
        assertThat(failure).isNotNull().hasMessageContaining(message);
        assertThat(failure.code()).isEqualTo(code);
    }

    @Test
    void read_canonicalThatIsNoJson_isRefused() throws IOException {
        Reading.write(root, "r.csv", "prompt\n");
        var failure =
                Reading.failure(root, Mappings.of(Format.CANONICAL, "r.csv").settings());
        assertThat(failure.code()).isEqualTo(StandardErrorCode.SETTING_INVALID);
    }

    @Test
    void read_chosenAndRejected_samePromptIsOneItem() throws IOException {
        Reading.write(root, "r.jsonl", """
                {"prompt":"Q","chosen":"good","rejected":"bad","who":"u1"}
                {"prompt":[{"role":"user","content":"Q"}],"chosen":[{"role":"assistant","content":"fair"}],"rejected":[{"role":"assistant","content":"bad"}],"who":"u2"}
                """);
        var mapping = Mappings.of(Format.TRL, "r.jsonl");
        mapping.annotator = "who";
        try (var reading = Reading.of(root, mapping.settings())) {
            var candidates = reading.judgments().candidates();
            assertThat(candidates.prompts()).containsExactly("Q");
            assertThat(candidates.texts()).containsExactlyInAnyOrder("good", "bad", "fair");
            assertThat(candidates.ids()).allMatch(id -> id.matches("c-[0-9a-f]{12}"));
            assertThat(reading.judgments().judges().ids()).containsExactly("u1", "u2");
            int bad = candidates.texts().indexOf("bad");
            assertThat(Empirical.wins(reading.judgments(), 0)[bad]).containsOnly(0);
        }
    }

    @Test
    void read_implicitPrompt_isTheSharedConversation() throws IOException {
        Reading.write(root, "r.jsonl", """
                {"chosen":[{"role":"user","content":"Q"},{"role":"assistant","content":"good"}],"rejected":[{"role":"user","content":"Q"},{"role":"assistant","content":"bad"}]}
                """);
        try (var reading = Reading.of(root, settings(Format.TRL))) {
            assertThat(reading.judgments().candidates().prompts()).containsExactly("Q");
            assertThat(reading.judgments().candidates().texts()).containsExactlyInAnyOrder("good", "bad");
            assertThat(reading.issueCodes()).containsExactly("ANNOTATOR_SINGLE");
        }
        Reading.write(root, "r.jsonl", "{\"chosen\":\"good\",\"rejected\":\"bad\"}\n");
        var failure = Reading.failure(root, settings(Format.TRL));
        assertThat(failure).hasMessageContaining("line 1: there is no prompt");
    }

    @Test
    void read_chosenAndRejectedFromCsv_isTheSame() throws IOException {
        Reading.write(root, "r.csv", "prompt,chosen,rejected,w\n\"Q, with comma\",good,bad,2\n");
        var mapping = Mappings.of(Format.TRL, "r.csv");
        mapping.weight = "w";
        try (var reading = Reading.of(root, mapping.settings())) {
            assertThat(reading.judgments().candidates().prompts()).containsExactly("Q, with comma");
            assertThat(reading.judgments().columns().weight().toDoubles()).containsExactly(2);
        }
        Reading.write(root, "r.csv", "prompt,chosen,rejected,w\nQ,same,same,1\n");
        assertThat(Reading.failure(root, mapping.settings())).hasMessageContaining("must differ");
        Reading.write(root, "r.csv", "prompt,chosen,refused,w\nQ,same,same,1\n");
        var lacking = Reading.failure(root, mapping.settings());
        assertThat(lacking.code()).as(lacking.getMessage()).isEqualTo(StandardErrorCode.COLUMN_MISSING);
    }

    private static FilesSettings settings(Format format) {
        return Mappings.of(format, "r.jsonl").settings();
    }
}
