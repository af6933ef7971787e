package org.polyphony.games.selfplay;

/// Online mirror descent on the regularised game, which is INPO (2407.00617) on populations and online IPO 1
/// with exact gradients: lp⁺ = N((1 − s τ) lp + s τ lμ + s w).
///
/// Converges to the regularised equilibrium, linearly, if s is small; see [#ofTau].
///
/// @param step s, > 0
/// @param tau τ, > 0
public record Inpo(double step, double tau) implements SelfPlayRule {

    /// Validates step and τ.
    public Inpo {
        UpdateSteps.require(step, tau);
    }

    /// With s = τ / (τ² + 1/8), half of what is locally stable whatever the preferences.
    public static Inpo ofTau(double tau) {
        return new Inpo(UpdateSteps.stable(tau), tau);
    }

    @Override
    public void advance(Iterate iterate) {
        iterate.become(UpdateSteps.explicit(iterate, step, tau, iterate.payoffs()));
    }
}
