package org.polyphony.games;

/// Preference tensors P of shape (S, K, K): mixing them, and refusing what is not one.
public final class Preferences {

    private Preferences() {}

    /// P̄ = Σ_s ω_s P_s, the preferences of the population.
    ///
    /// @param p shape (stakeholders, k, k)
    /// @param weights ω, non-negative, with a positive sum, by which they are divided; shape (stakeholders)
    public static double[] mix(double[] p, int stakeholders, int k, double[] weights) {
        require(p, stakeholders, k);
        double[] omega = normalise(weights, stakeholders);
        var mixed = new double[k * k];
        for (int s = 0; s < stakeholders; s++) {
            for (int i = 0; i < k * k; i++) {
                mixed[i] += omega[s] * p[s * k * k + i];
            }
        }
        return mixed;
    }

    /// ω, summing to one.
    ///
    /// @throws IllegalArgumentException if a weight is negative or not finite, or all are zero
    public static double[] normalise(double[] weights, int stakeholders) {
        if (weights.length != stakeholders) {
            throw new IllegalArgumentException(
                    weights.length + " weights for " + stakeholders + " stakeholders; give one weight each");
        }
        double total = 0;
        for (double weight : weights) {
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException(
                        "a stakeholder has weight " + weight + "; weights are finite and not negative");
            }
            total += weight;
        }
        if (!(total > 0)) {
            throw new IllegalArgumentException("the weights sum to " + total + "; at least one must be positive");
        }
        var omega = weights.clone();
        Strategies.scale(omega, stakeholders, 1 / total);
        return omega;
    }

    /// @throws IllegalArgumentException if `p` does not hold (stakeholders, k, k) finite entries
    public static void require(double[] p, int stakeholders, int k) {
        if (k < 1 || stakeholders < 1 || p.length != Math.multiplyExact(stakeholders, k * k)) {
            throw new IllegalArgumentException("P has " + p.length + " entries, " + stakeholders
                    + " stakeholders and " + k + " candidates need " + (long) stakeholders * k * k
                    + "; both counts must be at least 1");
        }
        for (int n = 0; n < p.length; n++) {
            if (!Double.isFinite(p[n])) {
                throw new IllegalArgumentException("P[" + n / (k * k) + "][" + n / k % k + "][" + n % k + "] is " + p[n]
                        + "; preferences are probabilities");
            }
        }
    }

    /// @throws IllegalArgumentException if nobody may play
    public static void requireSomeone(AllowedCandidates allowed) {
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException("none of the " + allowed.size()
                    + " candidates is allowed, so there is no policy: refuse instead of solving");
        }
    }
}
