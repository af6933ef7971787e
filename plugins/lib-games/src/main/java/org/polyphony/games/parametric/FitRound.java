package org.polyphony.games.parametric;

import java.util.List;

/// The policies of a round.
///
/// @param number of the round, from 1; 0 is the reference itself
/// @param heads θ of each policy: one, or one per stakeholder
/// @param watchedGap mean over the watched games of the duality gap of the policy in the mixture's game
public record FitRound(int number, List<double[]> heads, double watchedGap) {

    /// Copies the list.
    public FitRound {
        heads = List.copyOf(heads);
    }
}
