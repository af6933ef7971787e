package org.polyphony.games.selfplay;

/// Online IPO 2 (2403.08635, as tabular in the EGPO authors' code): gradient descent on the logits with pairs
/// drawn from the policy itself, θ_i ← θ_i − s K π_i (τ (h_i − ⟨π, h⟩) − w_i) with h = lp − lμ.
///
/// Its fixed point is the regularised equilibrium, which it may circle instead of reaching. A candidate moves
/// at the speed K π_i of a mirror step, so those that the policy neglects return slowly.
///
/// @param step s, that of a mirror step where the policy is uniform, > 0
/// @param tau τ, > 0
public record OnlineIpo2(double step, double tau) implements SelfPlayRule {

    /// Validates step and τ.
    public OnlineIpo2 {
        UpdateSteps.require(step, tau);
    }

    /// With the step of [Inpo#ofTau].
    public static OnlineIpo2 ofTau(double tau) {
        return new OnlineIpo2(UpdateSteps.stable(tau), tau);
    }

    /// From a learning rate of the logits: s = 4 lr / (τ k).
    public static OnlineIpo2 ofLearningRate(double learningRate, double tau, int k) {
        return new OnlineIpo2(4 * learningRate / (tau * k), tau);
    }

    @Override
    public void advance(Iterate iterate) {
        UpdateSteps.policyGradient(iterate, step, tau, iterate.payoffs());
    }
}
