package org.polyphony.spi.model;

import org.polyphony.spi.tensor.Tensor;

/// Scores of completions. Experimental.
///
/// @param logProbabilities FLOAT64, shape (N), in nats
public record CompletionScores(Tensor logProbabilities) {

    /// These scores.
    public static CompletionScores of(Tensor logProbabilities) {
        return new CompletionScores(logProbabilities);
    }
}
