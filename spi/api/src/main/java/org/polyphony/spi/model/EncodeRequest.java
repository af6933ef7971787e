package org.polyphony.spi.model;

import java.util.List;

/// Texts to encode. Experimental.
///
/// @param texts the texts, shape (N)
public record EncodeRequest(List<String> texts) {

    public EncodeRequest {
        texts = List.copyOf(texts);
    }
}
