package org.polyphony.games.selfplay;

/// Nash-MD-PG (Munos et al. 2023): the policy gradient of the regularised game against a geometric mixture m
/// of policy and reference, θ ← θ + s K π ∘ (a − ⟨π, a⟩) with a = A m − τ (lp − lμ) and log m = N((1 − ρ) lp
/// + ρ lμ).
///
/// Slow, and off the regularised equilibrium by what the mixture changes: here as a baseline.
///
/// @param step s, that of a mirror step where the policy is uniform, > 0
/// @param tau τ, > 0
/// @param mixture ρ, the reference's share in the opponent, 0 to 1
public record NashMdPg(double step, double tau, double mixture) implements SelfPlayRule {

    /// Validates all three.
    public NashMdPg {
        UpdateSteps.require(step, tau);
        UpdateSteps.requireShare(mixture);
    }

    /// With the step of [Inpo#ofTau].
    public static NashMdPg ofTau(double tau, double mixture) {
        return new NashMdPg(UpdateSteps.stable(tau), tau, mixture);
    }

    /// From a learning rate of the logits as in the EGPO authors' tabular code: s = lr / k, ρ = 2 lr / k.
    public static NashMdPg ofLearningRate(double learningRate, double tau, int k) {
        return new NashMdPg(learningRate / k, tau, 2 * learningRate / k);
    }

    @Override
    public void advance(Iterate iterate) {
        UpdateSteps.policyGradient(iterate, step, tau, iterate.payoffsAgainst(UpdateSteps.mixture(iterate, mixture)));
    }
}
