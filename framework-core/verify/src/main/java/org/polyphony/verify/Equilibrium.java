package org.polyphony.verify;

import java.util.List;

/// How far a profile is from an equilibrium of the game in which each stakeholder owns a policy.
///
/// Stakeholder s earns π_sᵀ P_s q_s - τ KL(π_s‖μ) against its opponents' mixture q_s = Σ_r λ_sr π_r.
///
/// @param nashConv shape (S): what s gains by best-responding alone in the game at τ; all zero exactly at an
///     equilibrium
/// @param unilateralGain shape (S): the same without regularisation, max_i (P_s q_s)_i - π_sᵀ P_s q_s. It may be large
///     where `nashConv` is zero: regularisation hides it
/// @param payoff shape (S): π_sᵀ P_s q_s, the rate at which s prefers its own policy to its opponents'
/// @param delta Δ, the largest difference between two stakeholders' preferences on the allowed candidates
/// @param uniqueGuaranteed whether the equilibrium is proved unique: τ > Δ/2 and every opponent weighs the same
public record Equilibrium(
        List<Double> nashConv,
        List<Double> unilateralGain,
        List<Double> payoff,
        double delta,
        boolean uniqueGuaranteed) {

    public Equilibrium {
        nashConv = List.copyOf(nashConv);
        unilateralGain = List.copyOf(unilateralGain);
        payoff = List.copyOf(payoff);
    }
}
