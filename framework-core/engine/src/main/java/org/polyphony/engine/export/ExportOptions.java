package org.polyphony.engine.export;

import java.util.OptionalDouble;

/// What is exported and for whom.
///
/// @param format whose layout
/// @param formulation the formulation whose certified policy is exported
/// @param selection which pairs
/// @param weights what they weigh
/// @param step multiplies the preference in the margin, > 0; absent means 1/τ of the item's solution, and 1
///     where it is not regularised
public record ExportOptions(
        TrainerFormat format, String formulation, PairSelection selection, PairWeights weights, OptionalDouble step) {

    public ExportOptions {
        step.ifPresent(value -> {
            if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("step must be a number > 0, got " + value);
            }
        });
    }
}
