package org.polyphony.preferences.model;

/// The logistic function and its logarithm without overflow or cancellation.
public final class Logistic {
    private Logistic() {}

    /// σ(d) = 1 / (1 + e⁻ᵈ).
    public static double sigmoid(double d) {
        if (d >= 0) {
            return 1 / (1 + Math.exp(-d));
        }
        double e = Math.exp(d);
        return e / (1 + e);
    }

    /// ln σ(d), at most 0.
    public static double logSigmoid(double d) {
        return d >= 0 ? -Math.log1p(Math.exp(-d)) : d - Math.log1p(Math.exp(d));
    }

    /// ln(p / (1 - p)) for p in (0, 1).
    public static double logit(double p) {
        return Math.log(p) - Math.log1p(-p);
    }
}
