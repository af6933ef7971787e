package org.polyphony.games;

import java.util.Arrays;

/// Solves the consensus game by self-play, from matrix-vector products alone: predictive regret matching⁺
/// for both sides of the saddle min_π max_{s,i} (A_s π)_i, the policy answering the adversary's new move,
/// with quadratic averaging (Farina, Kroer and Sandholm 2021).
///
/// 2 S products with a K × K matrix per update and no tableau: for games too large for [ConsensusSolver],
/// which is exact. The averages of both sides are the policy and its duals, and their gap is the
/// certificate. From 1e-4 on the gap falls slowly; games of the size a linear programme can hold are better
/// solved by one.
///
/// @param tolerance on the gap, > 0
/// @param maxIterations updates after which the average so far is returned as not converged, ≥ 1
public record ConsensusRegretMatching(double tolerance, int maxIterations) {

    private static final int CHECK_EVERY = 8;

    /// Validates the two limits.
    public ConsensusRegretMatching {
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; it must be positive");
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException("maxIterations is " + maxIterations + "; it must be at least 1");
        }
    }

    /// Solves one game among all its candidates. `iterations` of the answer counts updates.
    ///
    /// @param p preferences, shape (stakeholders, k, k)
    public ConsensusSolver.Consensus solve(double[] p, int stakeholders, int k) {
        Preferences.require(p, stakeholders, k);
        double[] a = Skew.payoffs(p, stakeholders, k);
        var adversary = new Player(stakeholders * k);
        var policy = new Player(k);
        var gains = new double[stakeholders * k];
        var columns = new double[k];
        double[] averageGains = new double[stakeholders * k];
        double[] averageColumns = new double[k];
        double totalWeight = 0;
        int t = 0;
        double gap = Double.POSITIVE_INFINITY;
        while (t < maxIterations && gap > tolerance) {
            t++;
            gains(a, stakeholders, k, policy.strategy, gains);
            adversary.update(gains, 1);
            columns(a, stakeholders, k, adversary.strategy, columns);
            policy.update(columns, -1);
            gains(a, stakeholders, k, policy.strategy, gains);
            double weight = (double) t * t;
            totalWeight += weight;
            adversary.average(weight);
            policy.average(weight);
            accumulate(averageGains, gains, weight);
            accumulate(averageColumns, columns, weight);
            if (t % CHECK_EVERY == 0 || t == 1 || t == maxIterations) {
                gap = (Strategies.max(averageGains)
                                - Arrays.stream(averageColumns).min().orElseThrow())
                        / totalWeight;
            }
        }
        return consensus(a, stakeholders, k, policy.averaged(), adversary.averaged(), t);
    }

    /// Solves the game among the allowed candidates; the others get exactly zero, in the policy and in the
    /// duals.
    ///
    /// @throws IllegalArgumentException if nothing is allowed: the caller refuses, there is no policy to
    ///     return
    public ConsensusSolver.Consensus solve(double[] p, int stakeholders, AllowedCandidates allowed) {
        Preferences.requireSomeone(allowed);
        return solve(allowed.restrictMatrices(p, stakeholders), stakeholders, allowed.count())
                .expand(allowed);
    }

    private ConsensusSolver.Consensus consensus(
            double[] a, int stakeholders, int k, double[] policy, double[] duals, int updates) {
        var columns = new double[k];
        columns(a, stakeholders, k, duals, columns);
        double[] gains = Skew.gains(a, stakeholders, k, policy);
        double gap = Strategies.max(gains) - Arrays.stream(columns).min().orElseThrow();
        return new ConsensusSolver.Consensus(
                policy, Strategies.max(gains), gains, duals, gap, updates, gap <= tolerance * (1 + 1e-9));
    }

    // (A_s π)_i for every s and i
    private static void gains(double[] a, int stakeholders, int k, double[] policy, double[] gains) {
        for (int s = 0; s < stakeholders; s++) {
            Skew.multiply(a, s * k * k, k, policy, 0, gains, s * k);
        }
    }

    // Σ_{s,i} ν[s,i] A_s[i,j] = −Σ_s (A_s ν_s)_j, because every A_s is skew
    private static void columns(double[] a, int stakeholders, int k, double[] duals, double[] columns) {
        var one = new double[k];
        Arrays.fill(columns, 0);
        for (int s = 0; s < stakeholders; s++) {
            Skew.multiply(a, s * k * k, k, duals, s * k, one, 0);
            accumulate(columns, one, -1);
        }
    }

    private static void accumulate(double[] sum, double[] values, double weight) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * values[i];
        }
    }

    /// One side: regrets R, the strategy ∝ \[R + r\]₊ where r is the last regret, and the average.
    private static final class Player {

        private final double[] regrets;
        private final double[] weighted;
        private double[] strategy;

        Player(int n) {
            this.regrets = new double[n];
            this.weighted = new double[n];
            this.strategy = Strategies.uniform(n);
        }

        void update(double[] payoffs, int sign) {
            double own = 0;
            for (int i = 0; i < strategy.length; i++) {
                own += strategy[i] * payoffs[i];
            }
            var next = new double[strategy.length];
            double total = 0;
            for (int i = 0; i < next.length; i++) {
                double regret = sign * (payoffs[i] - own);
                regrets[i] = Math.max(regrets[i] + regret, 0);
                next[i] = Math.max(regrets[i] + regret, 0);
                total += next[i];
            }
            if (total > 0) {
                Strategies.scale(next, next.length, 1 / total);
                strategy = next;
            }
        }

        void average(double weight) {
            accumulate(weighted, strategy, weight);
        }

        double[] averaged() {
            Strategies.scale(
                    weighted, weighted.length, 1 / Arrays.stream(weighted).sum());
            return weighted;
        }
    }
}
