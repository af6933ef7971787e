package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.plugin.Determinism;
import org.polyphony.spi.tensor.Tensor;

/// What every [TextEncoder] must do. Implement [#encoder] and inherit the tests. Experimental, as the role.
public interface TextEncoderContract extends PluginContract {

    /// Texts that have gone wrong elsewhere: nothing, blanks, a lone surrogate, combining marks, length.
    List<String> TEXTS =
            List.of("an answer", "another answer", "", " ", "\uD800", "e\u0301", "الإجابة", "🙂", "word ".repeat(5000));

    /// A fresh instance of the encoder under test.
    TextEncoder encoder();

    @Override
    default Object plugin() {
        return encoder();
    }

    @Test
    default void encode_texts_givesOneFiniteVectorEach() {
        var features = encode(TEXTS);
        assertThat(features.shape().rank()).isEqualTo(2);
        assertThat(features.dimension(0)).isEqualTo(TEXTS.size());
        assertThat(features.dimension(1)).isPositive();
        TensorAssert.assertThat(features).isFinite();
    }

    @Test
    default void encode_differentTexts_givesDifferentVectors() {
        var features = encode(TEXTS.subList(0, 2));
        int d = features.dimension(1);
        assertThat(features.toDoubles(0, d)).isNotEqualTo(features.toDoubles(d, d));
    }

    @Test
    default void encode_aTextAlone_asAmongOthers() {
        var all = encode(TEXTS);
        for (int i = 0; i < TEXTS.size(); i++) {
            TensorAssert.assertThat(encode(List.of(TEXTS.get(i))))
                    .as("text %s", i)
                    .isCloseTo(1e-9, all.slice(i, 1).toDoubles());
        }
    }

    @Test
    default void encode_noTexts_givesNoVectors() {
        assertThat(encode(List.of()).dimension(0)).isZero();
    }

    @Test
    default void encode_twiceAndAtOnce_givesTheSameBytes() {
        assumePromised(Determinism.SEEDED);
        var alone = encode(TEXTS);
        PluginContract.atOnce(() -> encode(TEXTS))
                .forEach(answer -> TensorAssert.assertThat(answer).hasContentOf(alone));
    }

    @Test
    default void encode_moreThreads_givesTheSameBytes() {
        assumePromised(Determinism.EXACT);
        TensorAssert.assertThat(encode(TEXTS, 5)).hasContentOf(encode(TEXTS, 1));
    }

    @Test
    default void encode_littleMemory_isToldAsSuch() {
        var encoder = encoder();
        PluginContract.assertBearsLittleMemory(
                this::context, context -> encoder.encode(new EncodeRequest(TEXTS), context));
    }

    private Tensor encode(List<String> texts) {
        return encode(texts, 1);
    }

    private Tensor encode(List<String> texts, int threads) {
        try (var context = context().withThreads(threads)) {
            return PluginContract.taken(
                    encoder().encode(new EncodeRequest(texts), context).features());
        }
    }
}
