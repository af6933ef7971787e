package org.polyphony.games;

import java.util.Arrays;

/// A dense square linear system: LU with partial pivoting, then iterative refinement with residuals in twice the
/// working precision, so that the answer is as good as the data allow.
public final class LinearSystem {

    private static final int REFINEMENTS = 2;

    private final int n;
    private final double[] matrix;
    private final double[][] lu;
    private final int[] order;
    private final boolean regular;

    /// Factorises `matrix`, shape (n, n) row-major, which is read but not changed.
    public LinearSystem(double[] matrix, int n) {
        this.n = n;
        this.matrix = matrix;
        this.lu = new double[n][];
        this.order = new int[n];
        for (int i = 0; i < n; i++) {
            lu[i] = Arrays.copyOfRange(matrix, i * n, (i + 1) * n);
            order[i] = i;
        }
        this.regular = factorise();
    }

    /// False when a pivot vanished; [#solve] must not be called then.
    public boolean isRegular() {
        return regular;
    }

    /// The x of M x = b.
    public double[] solve(double[] rightHandSide) {
        double[] x = substitute(rightHandSide);
        for (int pass = 0; pass < REFINEMENTS; pass++) {
            double[] correction = substitute(residual(rightHandSide, x));
            for (int i = 0; i < n; i++) {
                x[i] += correction[i];
            }
        }
        return x;
    }

    private boolean factorise() {
        for (int c = 0; c < n; c++) {
            int best = c;
            for (int i = c + 1; i < n; i++) {
                if (Math.abs(lu[i][c]) > Math.abs(lu[best][c])) {
                    best = i;
                }
            }
            double[] row = lu[best];
            lu[best] = lu[c];
            lu[c] = row;
            int label = order[best];
            order[best] = order[c];
            order[c] = label;
            if (!(Math.abs(row[c]) > 0)) {
                return false;
            }
            for (int i = c + 1; i < n; i++) {
                double[] below = lu[i];
                double factor = below[c] / row[c];
                below[c] = factor;
                if (factor != 0) {
                    for (int j = c + 1; j < n; j++) {
                        below[j] -= factor * row[j];
                    }
                }
            }
        }
        return true;
    }

    private double[] substitute(double[] rightHandSide) {
        var x = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = rightHandSide[order[i]];
            double[] row = lu[i];
            for (int j = 0; j < i; j++) {
                sum -= row[j] * x[j];
            }
            x[i] = sum;
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = x[i];
            double[] row = lu[i];
            for (int j = i + 1; j < n; j++) {
                sum -= row[j] * x[j];
            }
            x[i] = sum / row[i];
        }
        return x;
    }

    // b − M x with two-sum and fused multiply-add (Ogita, Rump and Oishi 2005, Dot2)
    private double[] residual(double[] rightHandSide, double[] x) {
        var residual = new double[n];
        for (int i = 0; i < n; i++) {
            double high = rightHandSide[i];
            double low = 0;
            for (int j = 0; j < n; j++) {
                double a = -matrix[i * n + j];
                double product = a * x[j];
                double productError = Math.fma(a, x[j], -product);
                double sum = high + product;
                double back = sum - high;
                low += (high - (sum - back)) + (product - back) + productError;
                high = sum;
            }
            residual[i] = high + low;
        }
        return residual;
    }
}
