package org.polyphony.games;

/// The skew-symmetric payoff A of a preference matrix P: A\[i,j\] = (P\[i,j\] − P\[j,i\]) / 2, which is P − 1/2
/// wherever
/// P + Pᵀ = 1, and exactly skew in floating point whatever the rounding of P.
public final class Skew {

    private Skew() {}

    /// Fills `a` with the payoff of the k × k matrix that starts at `p[offset]`; returns the largest absolute entry.
    public static double payoff(double[] p, int offset, int k, double[] a) {
        double largest = 0;
        for (int i = 0; i < k; i++) {
            a[i * k + i] = 0;
            for (int j = i + 1; j < k; j++) {
                double margin = (p[offset + i * k + j] - p[offset + j * k + i]) / 2;
                a[i * k + j] = margin;
                a[j * k + i] = -margin;
                largest = Math.max(largest, Math.abs(margin));
            }
        }
        return largest;
    }

    /// The power of two that brings margins up to `largest` into (−1/2, 1/2); scaling by it is exact, so weak
    /// preferences are solved as accurately as strong ones.
    public static double scale(double largest) {
        return largest > 1e-280 ? Math.scalb(1.0, -Math.getExponent(largest) - 2) : 1;
    }

    /// max_i (A π)_i, the exploitability of π.
    public static double exploitability(double[] a, int k, double[] policy) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < k; i++) {
            double sum = 0;
            for (int j = 0; j < k; j++) {
                sum += a[i * k + j] * policy[j];
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    /// g_s = max_i (A_s π)_i, the unilateral gain of each stakeholder, for payoffs of shape (stakeholders, k, k).
    public static double[] gains(double[] a, int stakeholders, int k, double[] policy) {
        var gains = new double[stakeholders];
        var payoffs = new double[k];
        for (int s = 0; s < stakeholders; s++) {
            multiply(a, s * k * k, k, policy, 0, payoffs, 0);
            gains[s] = Strategies.max(payoffs);
        }
        return gains;
    }

    /// The payoffs of every stakeholder, shape (stakeholders, k, k).
    public static double[] payoffs(double[] p, int stakeholders, int k) {
        var a = new double[stakeholders * k * k];
        var one = new double[k * k];
        for (int s = 0; s < stakeholders; s++) {
            payoff(p, s * k * k, k, one);
            System.arraycopy(one, 0, a, s * k * k, k * k);
        }
        return a;
    }

    /// `result` = A π.
    public static void multiply(double[] a, int k, double[] policy, double[] result) {
        multiply(a, 0, k, policy, 0, result, 0);
    }

    /// `result[to ..]` = A π for the k × k matrix at `a[matrix]` and the policy at `policies[from]`.
    public static void multiply(double[] a, int matrix, int k, double[] policies, int from, double[] result, int to) {
        for (int i = 0; i < k; i++) {
            double sum = 0;
            int row = matrix + i * k;
            for (int j = 0; j < k; j++) {
                sum += a[row + j] * policies[from + j];
            }
            result[to + i] = sum;
        }
    }
}
