package org.polyphony.games.selfplay;

import org.polyphony.games.LogPolicies;

/// Online IPO 1 as the EGPO authors' tabular code has it: gradient descent on the logits θ of the squared
/// loss E (h_i − h_j − (w_i − w_j) / τ)² over uniform pairs, h = lp − lμ. One step is θ_i ← θ_i − (4 lr / K)
/// (h_i − w_i / τ), which is [Inpo] with s = 4 lr / (τ K).
///
/// @param learningRate lr, > 0
/// @param tau τ, > 0
public record OnlineIpo1(double learningRate, double tau) implements SelfPlayRule {

    /// Validates learning rate and τ.
    public OnlineIpo1 {
        UpdateSteps.requirePositive("learningRate", learningRate);
        LogPolicies.requireTau(tau);
    }

    @Override
    public void advance(Iterate iterate) {
        double rate = 4 * learningRate / iterate.candidates();
        double[] logPolicy = iterate.logPolicy();
        double[] reference = iterate.reference();
        double[] payoffs = iterate.payoffs();
        double[] next = iterate.scratch();
        for (int i = 0; i < next.length; i++) {
            next[i] = logPolicy[i] - rate * (logPolicy[i] - reference[i] - payoffs[i] / tau);
        }
        iterate.become(next);
    }
}
