package org.polyphony.plugin.encoder.minilm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.SpiValues;
import org.polyphony.spi.testkit.TensorAssert;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.spi.testkit.TextEncoderContract;

class MiniLmEncoderTest implements TextEncoderContract {

    @Override
    public TextEncoder encoder() {
        return new MiniLmEncoder();
    }

    private Tensor encode(List<String> texts) {
        try (var context = context()) {
            return SpiValues.copy(
                    encoder().encode(new EncodeRequest(texts), context).features());
        }
    }

    private static double cosine(Tensor vectors, int i, int j) {
        return IntStream.range(0, SentenceModel.SIZE)
                .mapToDouble(d -> vectors.at(i, d) * vectors.at(j, d))
                .sum();
    }

    /// Activations are rounded to eight bits after each layer, so that a difference in the last bit of a sum moves a
    /// few of them by a whole step. The tolerances are twice the largest difference that was seen to Python's
    /// onnxruntime 1.30: 3.1e-4 on short texts, 1.4e-3 over 256 equal words, where the reference itself moves by
    /// 2.7e-3 when its graph optimisation is switched off.
    @Test
    @DisplayName(
            "ten texts have the cosines of Python's onnxruntime 1.30 on the same model, to its own spread (public)")
    void encode_referenceTexts_hasTheirCosines() throws Exception {
        JsonNode reference;
        try (var in = getClass().getResourceAsStream("/reference/cosines.json")) {
            reference = new ObjectMapper().readTree(in);
        }
        var texts = StreamSupport.stream(reference.path("texts").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        var vectors = encode(texts);
        for (int i = 0; i < texts.size(); i++) {
            for (int j = 0; j < texts.size(); j++) {
                boolean isLong = Math.max(texts.get(i).length(), texts.get(j).length()) > 1000;
                assertThat(cosine(vectors, i, j))
                        .as("'%s' and '%s'", texts.get(i), texts.get(j))
                        .isCloseTo(reference.path("cosines").path(i).path(j).asDouble(), within(isLong ? 6e-3 : 6e-4));
            }
        }
    }

    @Test
    @DisplayName("the documentation's example has its cosines, to the 0.03 that eight bits cost (published)")
    void encode_documentedExample_hasItsCosines() {
        var vectors =
                encode(List.of("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."));
        assertThat(cosine(vectors, 0, 1)).isCloseTo(0.6660, within(0.03));
        assertThat(cosine(vectors, 0, 2)).isCloseTo(0.1046, within(0.03));
        assertThat(cosine(vectors, 1, 2)).isCloseTo(0.1411, within(0.03));
    }

    @Test
    void encode_anyText_hasLengthOne() {
        var vectors = encode(TEXTS);
        for (int i = 0; i < TEXTS.size(); i++) {
            assertThat(cosine(vectors, i, i)).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void encode_anyNumberOfThreadsAndAnyNeighbours_givesTheSameBytes() {
        var texts = IntStream.range(0, 40)
                .mapToObj(i -> "text " + "and more ".repeat(i % 7) + i)
                .toList();
        var all = encode(texts);
        try (var context = context().withThreads(1)) {
            TensorAssert.assertThat(
                            encoder().encode(new EncodeRequest(texts), context).features())
                    .hasContentOf(all);
        }
        assertThat(encode(texts.reversed()).toDoubles(0, SentenceModel.SIZE))
                .containsExactly(all.toDoubles(39L * SentenceModel.SIZE, SentenceModel.SIZE));
    }

    @Test
    void encode_beyondTheLimit_isCutOff() {
        var limited = TestContext.of(new MiniLmSettings(5));
        try (limited) {
            var vectors = encoder()
                    .encode(new EncodeRequest(List.of("one two three", "one two three four five")), limited)
                    .features();
            assertThat(vectors.toDoubles(0, SentenceModel.SIZE))
                    .containsExactly(vectors.toDoubles(SentenceModel.SIZE, SentenceModel.SIZE));
        }
    }

    @Test
    void encode_cancelled_stops() {
        try (var context = context().cancelAfter(3)) {
            var request = new EncodeRequest(List.of("a", "b", "c", "d", "e", "f"));
            assertThatThrownBy(() -> encoder().encode(request, context))
                    .isInstanceOf(AlignmentException.class)
                    .satisfies(e -> assertThat(((AlignmentException) e).code()).isEqualTo(StandardErrorCode.CANCELLED));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, 513})
    void settings_limitOutsideTheModel_isRefused(int limit) {
        assertThatThrownBy(() -> new MiniLmSettings(limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("max-tokens is " + limit);
    }
}
