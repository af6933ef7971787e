package org.polyphony.games.parametric;

/// A fitted policy's parameters, and how far the fit got.
///
/// @param standardisation of the features, over the games that were fitted
/// @param best the round of the lowest watched gap, whose policies these are
/// @param tau KL weight at the end; 0 where the fitted game is not regularised
/// @param rounds how many were run
/// @param heldOut how many games were watched and not fitted; 0 where the fitted ones were watched
/// @param converged whether the watched gap stopped falling before the rounds ran out
public record FitResult(
        Standardisation standardisation, FitRound best, double tau, int rounds, int heldOut, boolean converged) {}
