package org.polyphony.games.selfplay;

import org.polyphony.games.LogPolicies;

/// Nash mirror descent (Munos et al. 2023) with the published schedule s_t = 2 / (τ (t + 2)), t counted from
/// 0 at the start or when the reference was moved. The first opponent is the reference itself.
///
/// Converges to the regularised equilibrium: after T updates KL(π*_τ ‖ π_T) ≤ 8 / (τ² (T + 1)).
///
/// @param tau τ, > 0
public record ScheduledNashMd(double tau) implements SelfPlayRule {

    /// Validates τ.
    public ScheduledNashMd {
        LogPolicies.requireTau(tau);
    }

    @Override
    public void advance(Iterate iterate) {
        double share = 2.0 / (iterate.sinceMoved() + 2);
        NashMd.advance(iterate, share / tau, tau, share);
    }
}
