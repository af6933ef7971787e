package org.polyphony.preferences.model;

/// The leading singular planes of the skew-symmetric residuals that Bradley-Terry leaves: where cycles would
/// be.
final class ResidualPlanes {
    private static final int POWER_ITERATIONS = 200;

    private ResidualPlanes() {}

    /// Orthogonal planes `[2·planes][K]`, rows u and v of each plane, all of length `length`.
    static double[][] leading(WinCounts counts, double[] theta, int planes, double length) {
        int k = theta.length;
        double[][] residual = new double[k][k];
        for (int e = 0; e < counts.size(); e++) {
            int i = counts.low(e);
            int j = counts.high(e);
            double weight = counts.lowWins(e) + counts.highWins(e);
            double left = counts.lowWins(e) - weight * Logistic.sigmoid(theta[i] - theta[j]);
            residual[i][j] = left;
            residual[j][i] = -left;
        }
        double[][] found = new double[2 * planes][k];
        for (int p = 0; p < planes; p++) {
            double[] a = startVector(k, p);
            for (int iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
                double[] before = a;
                // −R² is positive semidefinite with the squared singular values, each twice
                a = times(residual, times(residual, a));
                if (!normalize(a)) {
                    return found;
                }
                if (isOpposite(a, before)) {
                    // to the last bit: every further step only turns the sign
                    if ((POWER_ITERATIONS - 1 - iteration) % 2 == 1) {
                        a = before;
                    }
                    break;
                }
            }
            double[] b = times(residual, a);
            if (!normalize(b)) {
                return found;
            }
            // bᵀRa = |Ra| > 0, so (u, v) = (b, a) raises the likelihood
            double sigma = dot(b, times(residual, a));
            for (int i = 0; i < k; i++) {
                found[2 * p][i] = length * b[i];
                found[2 * p + 1][i] = length * a[i];
                for (int j = 0; j < k; j++) {
                    residual[i][j] -= sigma * (b[i] * a[j] - a[i] * b[j]);
                }
            }
        }
        return found;
    }

    private static boolean isOpposite(double[] a, double[] b) {
        for (int i = 0; i < a.length; i++) {
            if (a[i] != -b[i]) {
                return false;
            }
        }
        return true;
    }

    /// Fixed and in general position: no candidate is favoured and no seed is needed.
    private static double[] startVector(int k, int plane) {
        double[] start = new double[k];
        for (int i = 0; i < k; i++) {
            start[i] = Math.cos(1 + i * (1.7 + plane));
        }
        return start;
    }

    private static double[] times(double[][] matrix, double[] x) {
        double[] product = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            product[i] = dot(matrix[i], x);
        }
        return product;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static boolean normalize(double[] x) {
        double norm = Math.sqrt(dot(x, x));
        if (!(norm > 1e-12)) {
            return false;
        }
        for (int i = 0; i < x.length; i++) {
            x[i] /= norm;
        }
        return true;
    }
}
