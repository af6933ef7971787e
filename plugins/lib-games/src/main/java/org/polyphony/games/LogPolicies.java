package org.polyphony.games;

/// Policies in log space: soft-max, best responses under a KL penalty, and the divergence that measures
/// both.
public final class LogPolicies {

    private LogPolicies() {}

    /// log Σ exp of `values[from .. from + k)`.
    public static double logSumExp(double[] values, int from, int k) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < k; i++) {
            largest = Math.max(largest, values[from + i]);
        }
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += Math.exp(values[from + i] - largest);
        }
        return largest + Math.log(sum);
    }

    /// `policy` = exp(logits) / Σ exp(logits); returns log Σ exp(logits), which is not finite where the
    /// logits hold an infinity or no number.
    public static double softMax(double[] logits, int k, double[] policy) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < k; i++) {
            largest = Math.max(largest, logits[i]);
        }
        double sum = 0;
        for (int i = 0; i < k; i++) {
            policy[i] = Math.exp(logits[i] - largest);
            sum += policy[i];
        }
        Strategies.scale(policy, k, 1 / sum);
        return largest + Math.log(sum);
    }

    /// Subtracts the log of the total mass, so that the exponentials sum to one. The largest logit is
    /// taken off first: where τ is small logits are large, and the log of their mass alone would round
    /// away the digits that decide whether the exponentials sum to one.
    public static void normalise(double[] logits, int from, int k) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < k; i++) {
            largest = Math.max(largest, logits[from + i]);
        }
        double sum = 0;
        for (int i = 0; i < k; i++) {
            logits[from + i] -= largest;
            sum += Math.exp(logits[from + i]);
        }
        double log = Math.log(sum);
        for (int i = 0; i < k; i++) {
            logits[from + i] -= log;
        }
    }

    /// `policy` = exp `logPolicy` on `[from, from + k)`.
    public static void exponentiate(double[] logPolicy, int from, int k, double[] policy) {
        for (int i = 0; i < k; i++) {
            policy[from + i] = Math.exp(logPolicy[from + i]);
        }
    }

    /// KL(π ‖ ρ) from normalised log-probabilities, as Σ π (e^−δ − 1 + δ) with δ = log π − log ρ: every
    /// term is non-negative, so a divergence of 1e-20 is not lost in the rounding of terms of order one.
    public static double divergence(double[] logPolicy, int from, double[] logOther, int k) {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            double mass = Math.exp(logPolicy[from + i]);
            double difference = logPolicy[from + i] - logOther[i];
            // where the policy has no mass the whole term is the mass of the other
            sum += mass > 0 ? mass * (Math.expm1(-difference) + difference) : Math.exp(logOther[i]);
        }
        return sum;
    }

    /// The reference restricted to who may play and normalised.
    ///
    /// @throws IllegalArgumentException if an entry is not finite, or there are not k
    public static double[] reference(double[] logReference, int k) {
        if (logReference.length != k) {
            throw new IllegalArgumentException(
                    "the reference has " + logReference.length + " entries for " + k + " candidates");
        }
        for (int i = 0; i < k; i++) {
            if (!Double.isFinite(logReference[i])) {
                throw new IllegalArgumentException("the log-reference of candidate " + i + " is " + logReference[i]
                        + "; mask a candidate that the reference rules out");
            }
        }
        double[] normalised = logReference.clone();
        normalise(normalised, 0, k);
        return normalised;
    }

    /// @throws IllegalArgumentException if τ is not positive and finite
    public static void requireTau(double tau) {
        if (!(tau > 0) || Double.isInfinite(tau)) {
            throw new IllegalArgumentException("tau is " + tau + "; the KL weight must be positive and finite");
        }
    }
}
