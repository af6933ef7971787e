package org.polyphony.games;

/// One policy per stakeholder, and how far the profile is from an equilibrium of the stakeholder game.
///
/// @param profile π_s, shape (S, K); exactly zero where a candidate was not allowed
/// @param deployed the mixture Σ_s ω_s π_s, shape (K); a mixture of an equilibrium is not itself one
/// @param nashConv per stakeholder, τ KL(π_s ‖ BR_s): what s could still gain in its own utility by deviating alone,
///     shape (S), in units of preference
/// @param residual max |π_s\[i\] − BR_s\[i\]|, which bounds the error of the profile where the game is well conditioned
/// @param tau the KL weight at which the profile was solved
/// @param uniqueAbove Δ/2, half the largest disagreement between two stakeholders: for τ above it the equilibrium is
///     proved to be unique
/// @param uniqueGuaranteed whether τ > Δ/2
/// @param iterations mirror-prox steps over all values of τ, each 2 S matrix-vector products
/// @param converged whether every NashConv and the residual reached the tolerance
public record StakeholderProfile(
        double[] profile,
        double[] deployed,
        double[] nashConv,
        double residual,
        double tau,
        double uniqueAbove,
        boolean uniqueGuaranteed,
        int iterations,
        boolean converged) {}
