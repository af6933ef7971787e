package org.polyphony.plugin.profile.linear;

/// Products of small dense matrices, row-major.
final class Matrices {
    private Matrices() {}

    /// xᵀ C x.
    static double form(double[] c, double[] x) {
        int n = x.length;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double row = 0;
            for (int j = 0; j < n; j++) {
                row += c[i * n + j] * x[j];
            }
            sum += x[i] * row;
        }
        return sum;
    }

    /// A B of A [n, m] and B [m, k].
    static double[] product(double[] a, double[] b, int n, int m, int k) {
        double[] product = new double[n * k];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double by = a[i * m + j];
                if (by != 0) {
                    for (int l = 0; l < k; l++) {
                        product[i * k + l] += by * b[j * k + l];
                    }
                }
            }
        }
        return product;
    }

    /// Adds s Aᵀ B to `to` [k, l], of A [n, k] and B [n, l].
    static void addCrossed(double[] to, double s, double[] a, double[] b, int n, int k, int l) {
        for (int r = 0; r < n; r++) {
            for (int i = 0; i < k; i++) {
                double by = s * a[r * k + i];
                if (by != 0) {
                    for (int j = 0; j < l; j++) {
                        to[i * l + j] += by * b[r * l + j];
                    }
                }
            }
        }
    }

    /// a · b of two rows of length n.
    static double dot(double[] a, int from, double[] b, int at, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += a[from + i] * b[at + i];
        }
        return sum;
    }

    static void add(double[] to, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += what[i];
        }
    }
}
