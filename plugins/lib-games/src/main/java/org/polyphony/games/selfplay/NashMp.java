package org.polyphony.games.selfplay;

/// Nash mirror prox (2505.19731): the step of [Mmd] to a half-way policy h, then the same step from the same
/// place with the payoffs against h: lp⁺ = N((lp + s τ lμ + s A h) / (1 + s τ)).
///
/// Converges to the regularised equilibrium, linearly, for every τ at s = 2 (payoffs are 1/2-Lipschitz): the
/// rule to choose where nothing speaks for another.
///
/// @param step s, > 0
/// @param tau τ, > 0
public record NashMp(double step, double tau) implements SelfPlayRule {

    /// Validates step and τ.
    public NashMp {
        UpdateSteps.require(step, tau);
    }

    /// With s = 2.
    public static NashMp ofTau(double tau) {
        return new NashMp(2, tau);
    }

    @Override
    public void advance(Iterate iterate) {
        double[] half = UpdateSteps.implicit(iterate, step, tau, iterate.payoffs());
        iterate.become(UpdateSteps.implicit(iterate, step, tau, iterate.payoffsAgainst(half)));
    }
}
