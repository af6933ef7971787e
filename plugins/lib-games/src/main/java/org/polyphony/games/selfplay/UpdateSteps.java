package org.polyphony.games.selfplay;

import org.polyphony.games.LogPolicies;

/// The steps that rules are made of. Logits are written to the iterate's scratch and returned; they need not
/// be normalised.
final class UpdateSteps {

    private UpdateSteps() {}

    /// (1 − s τ) lp + s τ lμ + s w: the KL term taken at the policy itself.
    static double[] explicit(Iterate iterate, double step, double tau, double[] payoffs) {
        double pull = step * tau;
        double[] logPolicy = iterate.logPolicy();
        double[] reference = iterate.reference();
        double[] next = iterate.scratch();
        for (int i = 0; i < next.length; i++) {
            next[i] = (1 - pull) * logPolicy[i] + pull * reference[i] + step * payoffs[i];
        }
        return next;
    }

    /// (lp + s τ lμ + s w) / (1 + s τ): the KL term taken at the next policy, so that no step is too long for
    /// it.
    static double[] implicit(Iterate iterate, double step, double tau, double[] payoffs) {
        double pull = step * tau;
        double shrink = 1 / (1 + pull);
        double[] logPolicy = iterate.logPolicy();
        double[] reference = iterate.reference();
        double[] next = iterate.scratch();
        for (int i = 0; i < next.length; i++) {
            next[i] = (logPolicy[i] + pull * reference[i] + step * payoffs[i]) * shrink;
        }
        return next;
    }

    /// (1 − ρ) lp + ρ lμ, the geometric mixture of policy and reference.
    static double[] mixture(Iterate iterate, double share) {
        double[] logPolicy = iterate.logPolicy();
        double[] reference = iterate.reference();
        double[] mixed = iterate.scratch();
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (1 - share) * logPolicy[i] + share * reference[i];
        }
        return mixed;
    }

    /// Ends an update by a step along the policy gradient: lp + s K π ∘ (a − ⟨π, a⟩) with a = w − τ (lp −
    /// lμ).
    static void policyGradient(Iterate iterate, double step, double tau, double[] payoffs) {
        double[] logPolicy = iterate.logPolicy();
        double[] reference = iterate.reference();
        double[] policy = iterate.policy();
        double[] next = iterate.scratch();
        double mean = 0;
        for (int i = 0; i < next.length; i++) {
            next[i] = payoffs[i] - tau * (logPolicy[i] - reference[i]);
            mean += policy[i] * next[i];
        }
        double rate = step * next.length;
        for (int i = 0; i < next.length; i++) {
            next[i] = logPolicy[i] + rate * policy[i] * (next[i] - mean);
        }
        iterate.become(next);
    }

    /// The step at which explicit mirror descent is locally stable whatever the preferences, with a factor of
    /// two to spare: near the equilibrium its eigenvalues are 1 − s τ ± i s ω with ω² ≤ 1/8, hence s < 2 τ /
    /// (τ² + 1/8).
    static double stable(double tau) {
        LogPolicies.requireTau(tau);
        return tau / (tau * tau + 0.125);
    }

    static void require(double step) {
        requirePositive("step", step);
    }

    static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be positive and finite");
        }
    }

    static void require(double step, double tau) {
        require(step);
        LogPolicies.requireTau(tau);
    }

    static void requireShare(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("mixture is " + share + "; it is a share between 0 and 1");
        }
    }
}
