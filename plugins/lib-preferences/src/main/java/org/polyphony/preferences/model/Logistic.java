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

    /// n ln(1 + e^η) − y η: what n judgments, y of them for the first, lose at log-odds η. ln(1 + x) costs a fifth of
    /// log1p, whose digits matter to small x alone.
    public static double loss(double eta, double n, double y) {
        return n * (Math.max(eta, 0) + Math.log(1 + Math.exp(-Math.abs(eta)))) - y * eta;
    }
}
