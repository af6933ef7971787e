package org.polyphony.verify;

import java.util.List;

/// The certificate of the `bargaining` formulation: one policy that makes every stakeholder better off than
/// the reference, and divides what is gained as Nash does.
///
/// V_s(π) = −τ log Σ_z μ_z exp(−(πᵀA_s)_z / τ) is what s can count on; its surplus is V_s(π) − V_s(μ).
///
/// @param tau the temperature of the adversary, > 0
/// @param jointImprovement false where the policy is the reference itself: then what has to be proved is
///     that nothing makes everybody better off
/// @param disagreement shape (S): V_s(μ)
/// @param surplus shape (S): V_s(π) − V_s(μ)
/// @param bound no policy raises everybody by more than this: max_i Σ_s ω_s ∇V_s(μ)_i − ⟨μ, Σ_s ω_s
///     ∇V_s(μ)⟩
/// @param gap with a joint improvement the Frank-Wolfe gap max_i ∇F_i − ⟨π, ∇F⟩ of F = Σ_s b_s log
///     surplus_s, which bounds how far F is from its largest value, infinite where a surplus is not
///     positive; without one, `bound`
/// @param scale what rounding errors are multiplied by in the gap
/// @param deployment what the policy means to each stakeholder
/// @param violations why the result is rejected
public record BargainingCertificate(
        double tau,
        boolean jointImprovement,
        List<Double> disagreement,
        List<Double> surplus,
        double bound,
        double gap,
        double scale,
        Deployment deployment,
        List<Violation> violations)
        implements Certificate {

    public BargainingCertificate {
        disagreement = List.copyOf(disagreement);
        surplus = List.copyOf(surplus);
        violations = List.copyOf(violations);
    }

    @Override
    public double residual() {
        return gap;
    }

    @Override
    public double rounding() {
        return ROUNDING * Math.max(1, tau) * scale;
    }
}
