package org.polyphony.games.parametric;

import java.util.List;

/// A fitted policy's parameters, and how far the fit got.
///
/// @param standardisation of the features, over the games that were fitted
/// @param heads θ of each policy: one, or one per stakeholder
/// @param tau KL weight at the end; 0 where the fitted game is not regularised
/// @param rounds how many were run
/// @param bestRound whose parameters these are, from 1; 0 is the reference itself
/// @param watchedGap mean over the watched games of the duality gap of the policy in the mixture's game
/// @param heldOut how many games were watched and not fitted; 0 where the fitted ones were watched
/// @param converged whether the watched gap stopped falling before the rounds ran out
public record FitResult(
        Standardisation standardisation,
        List<double[]> heads,
        double tau,
        int rounds,
        int bestRound,
        double watchedGap,
        int heldOut,
        boolean converged) {

    /// Copies the list.
    public FitResult {
        heads = List.copyOf(heads);
    }
}
