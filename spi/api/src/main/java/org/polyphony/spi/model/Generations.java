package org.polyphony.spi.model;

import java.util.List;

/// Proposed answers. Experimental.
///
/// @param texts answers, those of prompt b at `b * candidates …`
public record Generations(List<String> texts) {

    public Generations {
        texts = List.copyOf(texts);
    }

    /// These answers.
    public static Generations of(List<String> texts) {
        return new Generations(texts);
    }
}
