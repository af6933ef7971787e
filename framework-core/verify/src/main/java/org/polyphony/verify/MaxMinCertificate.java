package org.polyphony.verify;

import java.util.List;

/// The certificate of the `maxmin` formulation: one policy whose worst-off stakeholder is as well off as
/// possible.
///
/// @param tau weight of KL(π‖μ), 0 or above
/// @param advantage shape (S): U_s = πᵀ A_s μ, how much more often than half the time s prefers the policy
///     to the reference
/// @param value min_s U_s − τ KL(π‖μ)
/// @param bound no policy has a larger value: τ log Σ_i μ_i exp(Σ_s ω_s (A_s μ)_i / τ), or the largest
///     entry at τ = 0
/// @param gap `bound` − `value`
/// @param deployment what the policy means to each stakeholder
/// @param violations why the result is rejected
public record MaxMinCertificate(
        double tau,
        List<Double> advantage,
        double value,
        double bound,
        double gap,
        Deployment deployment,
        List<Violation> violations)
        implements Certificate {

    public MaxMinCertificate {
        advantage = List.copyOf(advantage);
        violations = List.copyOf(violations);
    }

    @Override
    public double residual() {
        return gap;
    }

    @Override
    public double rounding() {
        return ROUNDING * Math.max(1, tau);
    }
}
