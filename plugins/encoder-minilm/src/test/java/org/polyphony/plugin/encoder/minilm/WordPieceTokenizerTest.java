package org.polyphony.plugin.encoder.minilm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.lib.minilm.MiniLm;

class WordPieceTokenizerTest {

    // the reference has one text that is longer
    private static final int LIMIT = 256;
    private static final WordPieceTokenizer TOKENIZER = new WordPieceTokenizer(MiniLm.vocabulary());

    @Test
    @DisplayName("153 texts have the ids of the library tokenizers (public)")
    void encode_textsOfManyScripts_hasTheIdsOfTheReference() throws Exception {
        JsonNode reference;
        try (var in = getClass().getResourceAsStream("/reference/tokens.json")) {
            reference = new ObjectMapper().readTree(in);
        }
        assertThat(reference.path("tokens")).hasSize(153);
        for (var entry : reference.path("tokens")) {
            var expected = StreamSupport.stream(entry.path("ids").spliterator(), false)
                    .mapToLong(JsonNode::asLong)
                    .toArray();
            assertThat(TOKENIZER.encode(entry.path("text").asText(), LIMIT))
                    .as("%s", entry.path("text"))
                    .containsExactly(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7})
    void encode_limit_cutsBehindAPieceAndKeepsTheEnd(int limit) {
        var all = TOKENIZER.encode("an unaffable word", LIMIT);
        var cut = TOKENIZER.encode("an unaffable word", limit);
        assertThat(cut).hasSize(Math.min(limit, all.length)).startsWith(101).endsWith(102);
        assertThat(cut).startsWith(Arrays.copyOf(all, Math.min(limit, all.length) - 1));
    }

    @Test
    void encode_spelledMarks_areText() {
        assertThat(TOKENIZER.encode("[SEP]", LIMIT)).containsExactly(101, 1031, 19802, 1033, 102);
    }

    @Test
    void encode_loneSurrogate_isDropped() {
        assertThat(TOKENIZER.encode("a\uD800b", LIMIT)).isEqualTo(TOKENIZER.encode("ab", LIMIT));
    }

    @Test
    void encode_nothingVisible_isTheTwoMarks() {
        assertThat(TOKENIZER.encode("\u200b \u0000\t", LIMIT)).containsExactly(101, 102);
    }
}
