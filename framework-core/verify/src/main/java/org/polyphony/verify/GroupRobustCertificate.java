package org.polyphony.verify;

import java.util.List;

/// The certificate of the `group-robust` formulation: one policy whose largest group loss is as small as
/// possible, with L_s = Σ_ij μ_i μ_j (τ (h_i − h_j) − A_s\[i,j\])² and h = log π − log μ.
///
/// @param tau weight of KL(π‖μ) in the groups' own optimum, > 0
/// @param losses shape (S): L_s, in squared preference
/// @param bound no policy has a smaller largest loss: min_h Σ_s α_s L_s(h) = Σ_s α_s c_s − 2 |Σ_s α_s A_s
///     μ|²_μ, with c_s = Σ_ij μ_i μ_j A_s\[i,j\]²
/// @param gap the largest loss minus `bound`
/// @param deployment what the policy means to each stakeholder
/// @param violations why the result is rejected
public record GroupRobustCertificate(
        double tau, List<Double> losses, double bound, double gap, Deployment deployment, List<Violation> violations)
        implements Certificate {

    public GroupRobustCertificate {
        losses = List.copyOf(losses);
        violations = List.copyOf(violations);
    }

    @Override
    public double residual() {
        return gap;
    }

    /// Logarithms of the policy are up to some hundred in size, and enter times τ.
    @Override
    public double rounding() {
        return 100 * ROUNDING * Math.max(1, tau);
    }
}
