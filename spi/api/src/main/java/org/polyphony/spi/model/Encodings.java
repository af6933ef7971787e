package org.polyphony.spi.model;

import org.polyphony.spi.tensor.Tensor;

/// Encoded texts. Experimental.
///
/// @param features FLOAT64, shape (N, D)
public record Encodings(Tensor features) {

    /// These vectors.
    public static Encodings of(Tensor features) {
        return new Encodings(features);
    }
}
