package org.polyphony.spi.profile;

import java.util.Optional;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.tensor.Tensor;

/// Judgments, and what is known of the candidates they are about.
///
/// @param judgments all judgments
/// @param features FLOAT64, shape (M, D), of all candidates, where a text encoder ran
public record JudgedData(Judgments judgments, Optional<Tensor> features) {}
