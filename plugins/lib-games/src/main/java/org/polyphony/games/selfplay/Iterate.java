package org.polyphony.games.selfplay;

import org.polyphony.games.LogPolicies;
import org.polyphony.games.Skew;

/// Where a self-play algorithm stands on one game: the policy, the reference policy and what the rule
/// remembers. Owned by one thread. Arrays that are handed out have one entry per candidate and are this
/// object's own: a rule writes to [#scratch] and [#memory] alone.
public final class Iterate {

    private final double[] a;
    private final int k;
    private final double[] reference;
    private final double[] logPolicy;
    private final double[] policy;
    private final double[] payoffs;
    private final double[] opponent;
    private final double[] opponentPayoffs;
    private final double[] scratch;
    private final double[] memory;
    private boolean payoffsKnown;
    private boolean diverged;
    private int sinceMoved;
    private long products;

    /// At the reference policy.
    ///
    /// @param a the skew payoff A, shape (k, k)
    /// @param logReference log μ, normalised, finite
    Iterate(double[] a, int k, double[] logReference) {
        this.a = a;
        this.k = k;
        this.reference = logReference.clone();
        this.logPolicy = logReference.clone();
        this.policy = new double[k];
        this.payoffs = new double[k];
        this.opponent = new double[k];
        this.opponentPayoffs = new double[k];
        this.scratch = new double[k];
        this.memory = new double[k];
        LogPolicies.softMax(logPolicy, k, policy);
    }

    /// K, the candidates that play.
    public int candidates() {
        return k;
    }

    /// A\[i,j\], by how much candidate i beats j.
    public double margin(int i, int j) {
        return a[i * k + j];
    }

    /// log π.
    public double[] logPolicy() {
        return logPolicy;
    }

    /// π.
    public double[] policy() {
        return policy;
    }

    /// log μ, normalised.
    public double[] reference() {
        return reference;
    }

    /// A π, computed once per update however often it is asked for.
    public double[] payoffs() {
        if (!payoffsKnown) {
            multiply(policy, payoffs);
            payoffsKnown = true;
        }
        return payoffs;
    }

    /// A σ against another policy σ ∝ exp(logits); valid until the next call.
    public double[] payoffsAgainst(double[] logits) {
        LogPolicies.softMax(logits, k, opponent);
        multiply(opponent, opponentPayoffs);
        return opponentPayoffs;
    }

    private void multiply(double[] strategy, double[] result) {
        Skew.multiply(a, k, strategy, result);
        products++;
    }

    /// Room for the next logits.
    public double[] scratch() {
        return scratch;
    }

    /// What the rule carries from update to update; zero at the start.
    public double[] memory() {
        return memory;
    }

    /// Ends an update: the policy is now ∝ exp(logits). Where that is no policy (an infinity, no number) the
    /// policy stays what it was and the iterate counts as diverged.
    public void become(double[] logits) {
        double logMass = LogPolicies.softMax(logits, k, opponent);
        if (Double.isFinite(logMass)) {
            for (int i = 0; i < k; i++) {
                logPolicy[i] = logits[i] - logMass;
                policy[i] = opponent[i];
            }
            payoffsKnown = false;
        } else {
            diverged = true;
        }
        sinceMoved++;
    }

    /// Puts the reference where the policy is.
    public void moveReference() {
        System.arraycopy(logPolicy, 0, reference, 0, k);
        sinceMoved = 0;
    }

    /// Updates since the reference was last moved, or since the start.
    public int sinceMoved() {
        return sinceMoved;
    }

    /// How far the policy is from the equilibrium at this τ: 2 max_i (A π)_i where τ = 0, else gap_τ = 2 τ
    /// KL(π ‖ BR_τ(π)) with BR_τ(π) ∝ μ exp(A π / τ).
    public double gap(double tau) {
        double[] w = payoffs();
        if (tau == 0) {
            return 2 * largest(w);
        }
        for (int i = 0; i < k; i++) {
            opponent[i] = reference[i] + w[i] / tau;
        }
        LogPolicies.normalise(opponent, 0, k);
        return 2 * tau * LogPolicies.divergence(logPolicy, 0, opponent, k);
    }

    static double largest(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    /// Matrix-vector products so far, those of [#gap] included.
    long products() {
        return products;
    }

    boolean hasDiverged() {
        return diverged;
    }
}
