package org.polyphony.preferences.model;

/// What one group thinks of the candidates of one item: utilities and, where cycles are modelled, planes of
/// circular
/// preference.
///
/// logit P(i over j) = θ_i − θ_j + Σ_p (u_pi v_pj − v_pi u_pj). Each plane (u, v) adds a skew-symmetric
/// matrix of rank
/// two; with no
/// planes this is Bradley-Terry (Chen, Joachims 2016 call the second term blade-chest inner).
///
/// @param theta utilities [K] in logits
/// @param planes `[2p][K]`: u and v of plane 0, u and v of plane 1, …; empty for Bradley-Terry
public record Strengths(double[] theta, double[][] planes) {
    /// Keeps the arrays as they are: they belong to the record afterwards and are not to be changed.
    public Strengths {
        if (planes.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "planes come as u and v, so their number of rows is even, not " + planes.length);
        }
    }

    /// Utilities without planes.
    public static Strengths of(double[] theta) {
        return new Strengths(theta, new double[0][]);
    }

    /// Number of candidates.
    public int candidates() {
        return theta.length;
    }

    /// Log-odds that candidate i is preferred to candidate j.
    public double logit(int i, int j) {
        double d = theta[i] - theta[j];
        for (int p = 0; p < planes.length; p += 2) {
            d += planes[p][i] * planes[p + 1][j] - planes[p + 1][i] * planes[p][j];
        }
        return d;
    }

    /// P [K, K] with P + Pᵀ = 1 exactly and 1/2 on the diagonal.
    public double[] matrix() {
        int k = theta.length;
        double[] p = new double[k * k];
        for (int i = 0; i < k; i++) {
            p[i * k + i] = 0.5;
            for (int j = i + 1; j < k; j++) {
                double probability = Logistic.sigmoid(logit(i, j));
                p[i * k + j] = probability;
                p[j * k + i] = 1 - probability;
            }
        }
        return p;
    }

    /// Deviations of utilities whose mean is 0, from the deviations d [K, K] of their differences, which say all about
    /// them: Var rᵢ = mean_j d²ᵢⱼ − ½ mean d².
    public static double[] centredDeviations(double[] apart, int k) {
        double[] spread = new double[k];
        double all = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double d = apart[i * k + j];
                spread[i] += d * d / k;
            }
            all += spread[i] / k;
        }
        for (int i = 0; i < k; i++) {
            spread[i] = Math.sqrt(Math.max(0, spread[i] - all / 2));
        }
        return spread;
    }
}
