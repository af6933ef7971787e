package org.polyphony.spi.encoding;

import org.polyphony.spi.tensor.Tensor;

/// Encoded texts.
///
/// @param features FLOAT64, shape (N, D)
public record Encodings(Tensor features) {

    /// These vectors.
    public static Encodings of(Tensor features) {
        return new Encodings(features);
    }
}
