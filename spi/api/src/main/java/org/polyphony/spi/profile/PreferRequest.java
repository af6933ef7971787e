package org.polyphony.spi.profile;

import java.util.List;
import java.util.Optional;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.tensor.Tensor;

/// Whose preferences about which candidates.
///
/// @param candidates items and their candidates, known from the fit; others only of a profiler that
///     generalises
/// @param viewpoints whose preferences, in the order of the answer
/// @param features FLOAT64, shape (M, D), where the profiles were fitted with features
/// @param form in which form they are answered
public record PreferRequest(Candidates candidates, List<Viewpoint> viewpoints, Optional<Tensor> features, Form form) {

    /// How preferences are answered. More may come: always write a default, and refuse what you do not know.
    public enum Form {
        /// A probability for every pair, which can hold cycles.
        PAIRS,
        /// A number for every candidate, P = 1 / (1 + exp(rⱼ − rᵢ)); only where the model has such numbers.
        ///
        SCORES
    }

    public PreferRequest {
        viewpoints = List.copyOf(viewpoints);
    }

    /// What these seats prefer, pair by pair, without features.
    public static PreferRequest ofSeats(Candidates candidates, List<String> seats) {
        return new PreferRequest(
                candidates, seats.stream().map(Viewpoint::ofSeat).toList(), Optional.empty(), Form.PAIRS);
    }

    /// The same with features, where there are any.
    public PreferRequest withFeatures(Optional<Tensor> known) {
        return new PreferRequest(candidates, viewpoints, known, form);
    }

    /// The same answered in this form.
    public PreferRequest as(Form wanted) {
        return new PreferRequest(candidates, viewpoints, features, wanted);
    }
}
