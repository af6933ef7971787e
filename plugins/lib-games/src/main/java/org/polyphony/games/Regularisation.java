package org.polyphony.games;

/// The KL weight of a stakeholder game.
///
/// @param tau at which the profile was solved; 0 for the game itself
/// @param reachedTau the smallest τ on the way down from Δ/2 at which the tolerance of its stage was met
///     (1e-4 of a probability before the last stage): `tau` where the profile converged, NaN where not
///     even the first stage did
/// @param uniqueAbove Δ/2, half the largest disagreement between two stakeholders: for τ above it the
///     equilibrium is proved to be unique
public record Regularisation(double tau, double reachedTau, double uniqueAbove) {

    /// Whether τ > Δ/2.
    public boolean uniqueGuaranteed() {
        return tau > uniqueAbove;
    }
}
