package org.polyphony.plugin.profile.linear;

import java.util.Arrays;

/// Eigenvalues and orthonormal eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then
/// QL with implicit shifts (Bowdler, Martin, Reinsch, Wilkinson 1968; EISPACK tred2 and tql2).
///
/// @param values eigenvalues, ascending
/// @param vectors `[j]` is the eigenvector of value j
record SymmetricEigen(double[] values, double[][] vectors) {

    private static final int MOST_SHIFTS = 60;

    /// Decomposes `matrix` [n][n], which is overwritten.
    static SymmetricEigen of(double[][] matrix) {
        int n = matrix.length;
        double[] d = new double[n];
        double[] e = new double[n];
        reduce(matrix, d, e);
        // rows are columns from here on, so that rotations run along memory
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                v[j][i] = matrix[i][j];
            }
        }
        rotate(v, d, e);
        sort(v, d);
        return new SymmetricEigen(d, v);
    }

    private static void reduce(double[][] v, double[] d, double[] e) {
        int n = d.length;
        System.arraycopy(v[n - 1], 0, d, 0, n);
        for (int i = n - 1; i > 0; i--) {
            double scale = 0;
            for (int k = 0; k < i; k++) {
                scale += Math.abs(d[k]);
            }
            double h = 0;
            if (scale == 0) {
                e[i] = d[i - 1];
                for (int j = 0; j < i; j++) {
                    d[j] = v[i - 1][j];
                    v[i][j] = 0;
                    v[j][i] = 0;
                }
            } else {
                for (int k = 0; k < i; k++) {
                    d[k] /= scale;
                    h += d[k] * d[k];
                }
                double f = d[i - 1];
                double g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
                e[i] = scale * g;
                h -= f * g;
                d[i - 1] = f - g;
                Arrays.fill(e, 0, i, 0);
                for (int j = 0; j < i; j++) {
                    f = d[j];
                    v[j][i] = f;
                    g = e[j] + v[j][j] * f;
                    for (int k = j + 1; k < i; k++) {
                        g += v[k][j] * d[k];
                        e[k] += v[k][j] * f;
                    }
                    e[j] = g;
                }
                f = 0;
                for (int j = 0; j < i; j++) {
                    e[j] /= h;
                    f += e[j] * d[j];
                }
                double hh = f / (h + h);
                for (int j = 0; j < i; j++) {
                    e[j] -= hh * d[j];
                }
                for (int j = 0; j < i; j++) {
                    f = d[j];
                    g = e[j];
                    for (int k = j; k < i; k++) {
                        v[k][j] -= f * e[k] + g * d[k];
                    }
                    d[j] = v[i - 1][j];
                    v[i][j] = 0;
                }
            }
            d[i] = h;
        }
        accumulate(v, d);
        e[0] = 0;
    }

    private static void accumulate(double[][] v, double[] d) {
        int n = d.length;
        for (int i = 0; i < n - 1; i++) {
            v[n - 1][i] = v[i][i];
            v[i][i] = 1;
            double h = d[i + 1];
            if (h != 0) {
                for (int k = 0; k <= i; k++) {
                    d[k] = v[k][i + 1] / h;
                }
                for (int j = 0; j <= i; j++) {
                    double g = 0;
                    for (int k = 0; k <= i; k++) {
                        g += v[k][i + 1] * v[k][j];
                    }
                    for (int k = 0; k <= i; k++) {
                        v[k][j] -= g * d[k];
                    }
                }
            }
            for (int k = 0; k <= i; k++) {
                v[k][i + 1] = 0;
            }
        }
        for (int j = 0; j < n; j++) {
            d[j] = v[n - 1][j];
            v[n - 1][j] = 0;
        }
        v[n - 1][n - 1] = 1;
    }

    private static void rotate(double[][] v, double[] d, double[] e) {
        int n = d.length;
        System.arraycopy(e, 1, e, 0, n - 1);
        e[n - 1] = 0;
        double f = 0;
        double largest = 0;
        for (int l = 0; l < n; l++) {
            largest = Math.max(largest, Math.abs(d[l]) + Math.abs(e[l]));
            int m = l;
            while (m < n - 1 && Math.abs(e[m]) > Math.ulp(1.0) * largest) {
                m++;
            }
            for (int shift = 0; m > l && Math.abs(e[l]) > Math.ulp(1.0) * largest; shift++) {
                if (shift == MOST_SHIFTS) {
                    throw new ArithmeticException("the eigenvalues of a matrix of size " + n + " were not found");
                }
                double g = d[l];
                double p = (d[l + 1] - g) / (2 * e[l]);
                double r = p < 0 ? -Math.hypot(p, 1) : Math.hypot(p, 1);
                d[l] = e[l] / (p + r);
                d[l + 1] = e[l] * (p + r);
                double next = d[l + 1];
                double h = g - d[l];
                for (int i = l + 2; i < n; i++) {
                    d[i] -= h;
                }
                f += h;
                p = d[m];
                double c = 1;
                double c2 = 1;
                double c3 = 1;
                double below = e[l + 1];
                double s = 0;
                double s2 = 0;
                for (int i = m - 1; i >= l; i--) {
                    c3 = c2;
                    c2 = c;
                    s2 = s;
                    g = c * e[i];
                    h = c * p;
                    r = Math.hypot(p, e[i]);
                    e[i + 1] = s * r;
                    s = e[i] / r;
                    c = p / r;
                    p = c * d[i] - s * g;
                    d[i + 1] = h + s * (c * g + s * d[i]);
                    double[] lower = v[i];
                    double[] upper = v[i + 1];
                    for (int k = 0; k < n; k++) {
                        double t = upper[k];
                        upper[k] = s * lower[k] + c * t;
                        lower[k] = c * lower[k] - s * t;
                    }
                }
                p = -s * s2 * c3 * below * e[l] / next;
                e[l] = s * p;
                d[l] = c * p;
            }
            d[l] += f;
            e[l] = 0;
        }
    }

    private static void sort(double[][] v, double[] d) {
        for (int i = 0; i < d.length - 1; i++) {
            int least = i;
            for (int j = i + 1; j < d.length; j++) {
                if (d[j] < d[least]) {
                    least = j;
                }
            }
            double value = d[i];
            d[i] = d[least];
            d[least] = value;
            double[] vector = v[i];
            v[i] = v[least];
            v[least] = vector;
        }
    }
}
