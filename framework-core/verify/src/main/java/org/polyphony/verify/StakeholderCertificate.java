package org.polyphony.verify;

import java.util.ArrayList;
import java.util.List;

/// The certificate of the `stakeholder` game: each stakeholder owns a policy and answers the others'.
///
/// Stakeholder s earns π_sᵀ P_s q_s - τ KL(π_s‖μ) against its opponents' mixture q_s = Σ_r λ_sr π_r.
///
/// @param tau the temperature τ ≥ 0
/// @param nashConv shape (S): what s gains by best-responding alone in the game at τ; all zero exactly at an
/// equilibrium
/// @param unilateralGain shape (S): the same without regularisation, max_i (P_s q_s)_i - π_sᵀ P_s q_s. It may be large
///     where `nashConv` is zero: regularisation hides it
/// @param payoff shape (S): π_sᵀ P_s q_s, the rate at which s prefers its own policy to its opponents'
/// @param delta Δ, the largest difference between two stakeholders' preferences on the allowed candidates
/// @param uniqueGuaranteed whether the equilibrium is proved unique: τ > Δ/2 and every opponent weighs the same
/// @param deployment the weighted mixture Σ_s ω_s π_s, labelled as one
/// @param violations why the result is rejected
public record StakeholderCertificate(
        double tau,
        List<Double> nashConv,
        List<Double> unilateralGain,
        List<Double> payoff,
        double delta,
        boolean uniqueGuaranteed,
        Deployment deployment,
        List<Violation> violations)
        implements Certificate {

    public StakeholderCertificate {
        nashConv = List.copyOf(nashConv);
        unilateralGain = List.copyOf(unilateralGain);
        payoff = List.copyOf(payoff);
        violations = List.copyOf(violations);
    }

    /// The largest entry of `nashConv`.
    @Override
    public double residual() {
        return Sums.largest(nashConv);
    }

    /// What is wrong with a policy that is served as the mixture of this profile; the certificate's own violations
    /// come first.
    ///
    /// @param served shape (K)
    public List<Violation> checkServed(double[] served) {
        var found = new ArrayList<>(violations);
        if (!valid()) {
            return found;
        }
        var mixture = deployment.policy();
        if (served.length != mixture.size()) {
            found.add(new Violation(
                    Violation.Kind.SHAPE,
                    "the served policy has length " + served.length + "; the game asks for " + mixture.size()));
            return found;
        }
        for (int i = 0; i < served.length; i++) {
            if (!(Math.abs(served[i] - mixture.get(i)) <= Inputs.TOLERANCE)) {
                found.add(new Violation(
                        Violation.Kind.NOT_THE_MIXTURE,
                        "the served policy is " + served[i] + " at candidate " + i + ", the mixture of the profile is "
                                + mixture.get(i) + "; serve the weighted mixture"));
                return found;
            }
        }
        return found;
    }

    @Override
    public double rounding() {
        return ROUNDING * Math.max(1, tau);
    }
}
