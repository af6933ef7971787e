package org.polyphony.spi.profile;

import org.polyphony.spi.tensor.Tensor;

/// Scores about items that have the same number K of candidates: P = 1 / (1 + exp(rⱼ − rᵢ)).
///
/// Asked for pairs, a profiler may answer the mean of P over what is unknown instead: 1 / (1 + exp(κ(rⱼ − rᵢ))) with κ
/// =
/// 1 / √(1 + π d²/8), d being the deviation of that pair.
///
/// @param items INT32, index of each item in its [org.polyphony.spi.preference.Candidates], shape (B)
/// @param scores FLOAT64, shape (B, V, K), in logits; they say nothing beyond their differences, so their
///     mean over the candidates of an item is 0
/// @param deviation FLOAT64, shape (B, V, K): standard deviation of the score; 0 where it is exact, NaN
///     where nobody knows
public record ScoreBucket(Tensor items, Tensor scores, Tensor deviation) {

    public ScoreBucket {
        if (scores.shape().rank() != 3 || !scores.shape().equals(deviation.shape())) {
            throw new IllegalArgumentException(
                    "scores and deviation must share a shape (B, V, K), got " + scores + ", " + deviation);
        }
    }

    /// A bucket of these tensors.
    public static ScoreBucket of(Tensor items, Tensor scores, Tensor deviation) {
        return new ScoreBucket(items, scores, deviation);
    }

    /// How many candidates each item has.
    public int candidates() {
        return scores.dimension(2);
    }
}
