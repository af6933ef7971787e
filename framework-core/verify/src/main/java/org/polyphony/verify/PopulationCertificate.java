package org.polyphony.verify;

import java.util.List;

/// The certificate of the `population` game: one policy against itself on the weighted mixture of preferences.
///
/// @param exploitability e = max_i (Ā π)_i over the allowed candidates
/// @param gap the duality gap 2 e: zero exactly at a maximal lottery
/// @param tau the temperature τ ≥ 0 of the regularised game, in units of preference probability per nat
/// @param gapTau the gap of the game regularised towards the reference, 2 [τ LSE(log μ + P̄π/τ) + τ KL(π‖μ) - 1/2];
///     equal to `gap` at τ = 0
/// @param deployment what the policy means to each stakeholder
/// @param violations why the result is rejected
public record PopulationCertificate(
        double exploitability, double gap, double tau, double gapTau, Deployment deployment, List<Violation> violations)
        implements Certificate {

    public PopulationCertificate {
        violations = List.copyOf(violations);
    }

    /// The gap of the game that was solved: `gapTau`.
    @Override
    public double residual() {
        return gapTau;
    }

    @Override
    public double rounding() {
        return ROUNDING * Math.max(1, tau);
    }
}
