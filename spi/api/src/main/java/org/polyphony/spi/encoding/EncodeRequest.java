package org.polyphony.spi.encoding;

import java.util.List;

/// Texts to encode.
///
/// @param texts the texts, shape (N)
public record EncodeRequest(List<String> texts) {

    public EncodeRequest {
        texts = List.copyOf(texts);
    }

    /// A request for these texts.
    public static EncodeRequest of(List<String> texts) {
        return new EncodeRequest(texts);
    }
}
