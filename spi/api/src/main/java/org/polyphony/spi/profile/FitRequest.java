package org.polyphony.spi.profile;

import java.util.Optional;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// What a profiler learns from.
///
/// @param data all judgments
/// @param weights FLOAT64, shape (N), from 0: how many times each judgment counts, beside its own weight. 0
/// holds it out:
///     nothing may be learned from it. 2 is the judgment given twice, as a bootstrap draws it
/// @param seating who has a seat
public record FitRequest(JudgedData data, Tensor weights, Seating seating) {

    public FitRequest {
        if (weights.type() != ElementType.FLOAT64
                || weights.size() != data.judgments().count()) {
            throw new IllegalArgumentException(
                    "weights must be FLOAT64[" + data.judgments().count() + "], got " + weights);
        }
    }

    /// A request to learn from these judgments, without features.
    public static FitRequest of(Judgments judgments, Tensor weights, Seating seating) {
        return new FitRequest(new JudgedData(judgments, Optional.empty()), weights, seating);
    }

    /// The same about these judgments, as many.
    public FitRequest withJudgments(Judgments known) {
        return new FitRequest(new JudgedData(known, data.features()), weights, seating);
    }

    /// All judgments, those that are held out too.
    public Judgments judgments() {
        return data.judgments();
    }
}
