package org.polyphony.lib.minilm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The sentence encoder all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020): six layers, 384 columns,
/// weights as integers of eight bits. In a bundle of its own, so that an encoder is updated without its 23 MB.
public final class MiniLm {

    private MiniLm() {}

    /// The model in ONNX format: `input_ids`, `attention_mask` and `token_type_ids`, INT64 (N, T), to
    /// `last_hidden_state`, FLOAT32 (N, T, 384). A fresh copy.
    public static byte[] model() {
        return read("/all-minilm-l6-v2-q.onnx");
    }

    /// The 30,522 word pieces; a token's id is its place.
    public static List<String> vocabulary() {
        return new String(read("/vocabulary.txt"), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static byte[] read(String name) {
        try (var in = MiniLm.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the library has no " + name + "; build it with Maven, which fetches it");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
