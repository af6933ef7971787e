package org.polyphony.games;

import java.util.Arrays;

/// Solves the population game approximately by self-play: predictive regret matching⁺ with quadratic averaging.
///
/// With w = A π_t and regrets R: R ← \[R + w\]₊, then π_{t+1} ∝ \[R + w\]₊, and the answer is Σ t² π_t (Farina, Kroer
/// and
/// Sandholm 2021, with the averaging of Brown and Sandholm 2019). One matrix-vector product per update; A π̄ is
/// averaged
/// along, so that the gap of the average costs nothing. Slower and less exact than [PopulationSolver], it scales to
/// games too large for a tableau and shows what simulated self-play reaches.
///
/// @param tolerance on the gap 2 max_i (A π)_i, > 0
/// @param maxIterations updates after which the best average so far is returned as not converged, ≥ 1
public record PredictiveRegretMatching(double tolerance, int maxIterations) {

    private static final int CHECK_EVERY = 8;

    /// Validates the two limits.
    public PredictiveRegretMatching {
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; it must be positive");
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException("maxIterations is " + maxIterations + "; it must be at least 1");
        }
    }

    /// Solves one game among all its candidates, starting from the uniform policy; P as in [PopulationSolver#solve].
    /// `iterations` of the answer counts matrix-vector products.
    public Equilibrium solve(double[] p, int k) {
        Preferences.require(p, 1, k);
        var a = new double[k * k];
        Skew.payoff(p, 0, k, a);
        double[] policy = Strategies.uniform(k);
        var regrets = new double[k];
        var payoffs = new double[k];
        var weightedPolicy = new double[k];
        var weightedPayoffs = new double[k];
        double totalWeight = 0;
        int t = 0;
        while (t < maxIterations) {
            t++;
            Skew.multiply(a, k, policy, payoffs);
            double weight = (double) t * t;
            totalWeight += weight;
            for (int i = 0; i < k; i++) {
                weightedPolicy[i] += weight * policy[i];
                weightedPayoffs[i] += weight * payoffs[i];
            }
            boolean due = t % CHECK_EVERY == 0 || t == 1 || t == maxIterations;
            if (due && 2 * Strategies.max(weightedPayoffs) <= tolerance * totalWeight) {
                break;
            }
            // skew payoffs: ⟨π, A π⟩ = 0, so the payoffs are the regrets of this round
            double total = 0;
            for (int i = 0; i < k; i++) {
                regrets[i] = Math.max(regrets[i] + payoffs[i], 0);
                policy[i] = Math.max(regrets[i] + payoffs[i], 0);
                total += policy[i];
            }
            if (total > 0) {
                Strategies.scale(policy, k, 1 / total);
            } else {
                Arrays.fill(policy, 1.0 / k);
            }
        }
        Strategies.scale(weightedPolicy, k, 1 / Arrays.stream(weightedPolicy).sum());
        double gap = 2 * Skew.exploitability(a, k, weightedPolicy);
        return new Equilibrium(weightedPolicy, gap, t, gap <= tolerance * (1 + 1e-9));
    }

    /// Solves the game among the allowed candidates; the others get exactly zero.
    ///
    /// @throws IllegalArgumentException if nothing is allowed: the caller refuses, there is no policy to return
    public Equilibrium solve(double[] p, AllowedCandidates allowed) {
        Preferences.requireSomeone(allowed);
        var solved = solve(allowed.restrictMatrices(p, 1), allowed.count());
        return solved.withPolicy(allowed.expand(solved.policy(), 0));
    }
}
