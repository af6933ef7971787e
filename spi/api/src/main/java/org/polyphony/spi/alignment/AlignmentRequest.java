package org.polyphony.spi.alignment;

import java.util.OptionalDouble;

/// Games to solve under one formulation.
///
/// @param games the games
/// @param formulation which game is played, one that the algorithm's [org.polyphony.spi.plugin.Plugin] declares
/// @param tau weight of the KL divergence from the reference, > 0, where the formulation is regularised;
///     absent means the algorithm's setting
public record AlignmentRequest(PreferenceGames games, String formulation, OptionalDouble tau) {

    /// Games under a formulation with the algorithm's own regularisation.
    public static AlignmentRequest of(PreferenceGames games, String formulation) {
        return new AlignmentRequest(games, formulation, OptionalDouble.empty());
    }

    /// The same with this regularisation.
    public AlignmentRequest withTau(double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("tau must be > 0, got " + value);
        }
        return new AlignmentRequest(games, formulation, OptionalDouble.of(value));
    }
}
