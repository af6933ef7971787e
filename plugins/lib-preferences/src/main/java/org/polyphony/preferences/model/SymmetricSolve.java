package org.polyphony.preferences.model;

import org.jspecify.annotations.Nullable;

/// Cholesky factor L of a symmetric positive definite matrix A = L Lᵀ, dense and row-major, overwriting A's
/// lower half.
///
/// Dense because the matrices are those of one item (tens to hundreds of candidates), where sparsity buys
/// nothing. Confined to one thread.
public final class SymmetricSolve {
    private final double[] factor;
    private final int size;

    private SymmetricSolve(double[] factor, int size) {
        this.factor = factor;
        this.size = size;
    }

    /// Factors `matrix` [size, size] in place; only its lower half is read, and the array belongs to the
    /// result afterwards.
    ///
    /// @throws ArithmeticException if the matrix is not positive definite
    public static SymmetricSolve factor(double[] matrix, int size) {
        SymmetricSolve factored = factorIfPositive(matrix, size);
        if (factored == null) {
            throw new ArithmeticException("a matrix of size " + size + " is not positive definite");
        }
        return factored;
    }

    /// Like [#factor], but null for a matrix that is not positive definite.
    ///
    /// Two columns at once, two rows at a time: four products share four loads, and no sum waits for another.
    public static @Nullable SymmetricSolve factorIfPositive(double[] matrix, int size) {
        int j = 0;
        for (; j + 1 < size; j += 2) {
            int left = j * size;
            int right = left + size;
            double pivot = matrix[left + j];
            double below = matrix[right + j];
            double next = matrix[right + j + 1];
            for (int k = 0; k < j; k++) {
                double l = matrix[left + k];
                double r = matrix[right + k];
                pivot -= l * l;
                below -= l * r;
                next -= r * r;
            }
            double root = Math.sqrt(pivot);
            below /= root;
            double nextRoot = Math.sqrt(next - below * below);
            if (!(root > 0 && nextRoot > 0)) {
                return null;
            }
            matrix[left + j] = root;
            matrix[right + j] = below;
            matrix[right + j + 1] = nextRoot;
            columnsBelow(matrix, size, j);
        }
        if (j < size) {
            int row = j * size;
            double pivot = matrix[row + j];
            for (int k = 0; k < j; k++) {
                pivot -= matrix[row + k] * matrix[row + k];
            }
            if (!(pivot > 0)) {
                return null;
            }
            matrix[row + j] = Math.sqrt(pivot);
        }
        return new SymmetricSolve(matrix, size);
    }

    // columns j and j + 1 below their two pivots, which are final
    private static void columnsBelow(double[] matrix, int size, int j) {
        int left = j * size;
        int right = left + size;
        double scale = 1 / matrix[left + j];
        double below = matrix[right + j];
        double nextScale = 1 / matrix[right + j + 1];
        int i = j + 2;
        for (; i + 1 < size; i += 2) {
            int upper = i * size;
            int lower = upper + size;
            double upperLeft = matrix[upper + j];
            double upperRight = matrix[upper + j + 1];
            double lowerLeft = matrix[lower + j];
            double lowerRight = matrix[lower + j + 1];
            for (int k = 0; k < j; k++) {
                double l = matrix[left + k];
                double r = matrix[right + k];
                double u = matrix[upper + k];
                double v = matrix[lower + k];
                upperLeft -= u * l;
                upperRight -= u * r;
                lowerLeft -= v * l;
                lowerRight -= v * r;
            }
            upperLeft *= scale;
            lowerLeft *= scale;
            matrix[upper + j] = upperLeft;
            matrix[upper + j + 1] = (upperRight - upperLeft * below) * nextScale;
            matrix[lower + j] = lowerLeft;
            matrix[lower + j + 1] = (lowerRight - lowerLeft * below) * nextScale;
        }
        if (i < size) {
            int row = i * size;
            double toLeft = matrix[row + j];
            double toRight = matrix[row + j + 1];
            for (int k = 0; k < j; k++) {
                toLeft -= matrix[row + k] * matrix[left + k];
                toRight -= matrix[row + k] * matrix[right + k];
            }
            toLeft *= scale;
            matrix[row + j] = toLeft;
            matrix[row + j + 1] = (toRight - toLeft * below) * nextScale;
        }
    }

    /// Solves A x = b in place.
    public void solve(double[] b) {
        forward(b);
        for (int i = size - 1; i >= 0; i--) {
            double x = b[i] / factor[i * size + i];
            b[i] = x;
            int row = i * size;
            for (int k = 0; k < i; k++) {
                b[k] -= factor[row + k] * x;
            }
        }
    }

    /// Solves L x = b in place.
    void forward(double[] b) {
        for (int i = 0; i < size; i++) {
            int row = i * size;
            double sum = b[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[row + k] * b[k];
            }
            b[i] = sum / factor[row + i];
        }
    }

    /// ln det A.
    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.log(factor[i * size + i]);
        }
        return 2 * sum;
    }

    /// A⁻¹ [size, size], symmetric to the last bit.
    public double[] inverse() {
        // column j of L⁻¹ is stored as row j, so that the products below run along rows
        double[] columns = new double[size * size];
        for (int j = 0; j < size; j++) {
            int column = j * size;
            columns[column + j] = 1 / factor[j * size + j];
            for (int i = j + 1; i < size; i++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum -= factor[i * size + k] * columns[column + k];
                }
                columns[column + i] = sum / factor[i * size + i];
            }
        }
        double[] inverse = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = i; k < size; k++) {
                    sum += columns[i * size + k] * columns[j * size + k];
                }
                inverse[i * size + j] = sum;
                inverse[j * size + i] = sum;
            }
        }
        return inverse;
    }
}
