package org.polyphony.spi.profile;

import java.util.List;
import java.util.Optional;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.tensor.Tensor;

/// Whose preferences about which candidates.
///
/// @param candidates items and their candidates, known from the fit or, where features are given, new
/// @param seats the stakeholders, in the order of the answer
/// @param features FLOAT64, shape (M, D), where the profiles were fitted with features
public record PreferRequest(Candidates candidates, List<String> seats, Optional<Tensor> features) {

    public PreferRequest {
        seats = List.copyOf(seats);
    }
}
