package org.polyphony.games.selfplay;

/// Magnetic mirror descent (Sokota et al. 2023), the inner step of MPO (2410.16714): lp⁺ = N((lp + s τ lμ + s
/// w) / (1 + s τ)).
///
/// Converges to the regularised equilibrium, linearly, if s is small; see [#ofTau]. Moving its magnet μ is
/// [Comal].
///
/// @param step s, > 0
/// @param tau τ, > 0
public record Mmd(double step, double tau) implements SelfPlayRule {

    /// Validates step and τ.
    public Mmd {
        UpdateSteps.require(step, tau);
    }

    /// With the step of [Inpo#ofTau], which is stable here too.
    public static Mmd ofTau(double tau) {
        return new Mmd(UpdateSteps.stable(tau), tau);
    }

    @Override
    public void advance(Iterate iterate) {
        iterate.become(UpdateSteps.implicit(iterate, step, tau, iterate.payoffs()));
    }
}
