package org.polyphony.games.selfplay;

import org.polyphony.games.LogPolicies;

/// Extragradient preference optimisation (2503.08942): the step of [Inpo] to a half-way policy h, then the
/// same step from the same place with the payoffs against h: lp⁺ = N((1 − s τ) lp + s τ lμ + s A h).
///
/// Converges to the regularised equilibrium, linearly, at steps that do not shrink with τ; see [#ofTau].
///
/// @param step s, > 0
/// @param tau τ, > 0
public record Egpo(double step, double tau) implements SelfPlayRule {

    /// Validates step and τ.
    public Egpo {
        UpdateSteps.require(step, tau);
    }

    /// With s = 1 / (τ + 1/2): payoffs are 1/2-Lipschitz, the KL term adds τ.
    public static Egpo ofTau(double tau) {
        LogPolicies.requireTau(tau);
        return new Egpo(1 / (tau + 0.5), tau);
    }

    @Override
    public void advance(Iterate iterate) {
        double[] half = UpdateSteps.explicit(iterate, step, tau, iterate.payoffs());
        iterate.become(UpdateSteps.explicit(iterate, step, tau, iterate.payoffsAgainst(half)));
    }
}
