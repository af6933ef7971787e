package org.polyphony.spi.profile;

import java.util.List;
import java.util.Optional;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.tensor.Tensor;

/// What a profiler learns from.
///
/// @param judgments all judgments
/// @param training UINT8, shape (N): 1 for the judgments to learn from, 0 for those held out
/// @param attribute the attribute whose levels have seats, for example `stance`
/// @param seats the levels with a seat, in the order of stakeholders
/// @param features FLOAT64, shape (M, D), of all candidates, where a text encoder ran
public record FitRequest(
        Judgments judgments, Tensor training, String attribute, List<String> seats, Optional<Tensor> features) {

    public FitRequest {
        seats = List.copyOf(seats);
    }
}
