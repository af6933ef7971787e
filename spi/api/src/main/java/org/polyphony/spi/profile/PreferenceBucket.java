package org.polyphony.spi.profile;

import org.polyphony.spi.tensor.Tensor;

/// Preferences about items that have the same number K of candidates.
///
/// @param items INT32, index of each item in its [org.polyphony.spi.preference.Candidates], shape (B)
/// @param p FLOAT64, shape (B, V, K, K): probability that viewpoint v prefers candidate i to j; P + Pᵀ =
///     1, diagonal 1/2; cycles allowed
/// @param deviation FLOAT64, shape (B, V, K, K): standard deviation of the logit of P; 0 where P is exact,
///     NaN where nobody knows
/// @param counts FLOAT64, shape (B, V, K, K): weight of the comparisons of i and j by that viewpoint
///     itself
public record PreferenceBucket(Tensor items, Tensor p, Tensor deviation, Tensor counts) {

    public PreferenceBucket {
        if (p.shape().rank() != 4
                || !p.shape().equals(deviation.shape())
                || !p.shape().equals(counts.shape())) {
            throw new IllegalArgumentException("p, deviation and counts must share a shape (B, V, K, K), got " + p
                    + ", " + deviation + ", " + counts);
        }
    }

    /// A bucket of these tensors.
    public static PreferenceBucket of(Tensor items, Tensor p, Tensor deviation, Tensor counts) {
        return new PreferenceBucket(items, p, deviation, counts);
    }

    /// How many candidates each item has.
    public int candidates() {
        return p.dimension(3);
    }
}
