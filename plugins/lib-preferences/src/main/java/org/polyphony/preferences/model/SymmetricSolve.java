package org.polyphony.preferences.model;

import org.jspecify.annotations.Nullable;

/// Cholesky factor L of a symmetric positive definite matrix A = L Lᵀ, dense and row-major, overwriting A's
/// lower half.
///
/// Dense because the matrices are those of one item (tens to hundreds of candidates), where sparsity buys
/// nothing.
final class SymmetricSolve {
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
    static SymmetricSolve factor(double[] matrix, int size) {
        SymmetricSolve factored = factorIfPositive(matrix, size);
        if (factored == null) {
            throw new ArithmeticException("a matrix of size " + size + " is not positive definite");
        }
        return factored;
    }

    /// Like [#factor], but null for a matrix that is not positive definite.
    static @Nullable SymmetricSolve factorIfPositive(double[] matrix, int size) {
        for (int i = 0; i < size; i++) {
            int rowI = i * size;
            for (int j = 0; j < i; j++) {
                int rowJ = j * size;
                matrix[rowI + j] = (matrix[rowI + j] - dot(matrix, rowI, rowJ, j)) / matrix[rowJ + j];
            }
            double pivot = matrix[rowI + i] - dot(matrix, rowI, rowI, i);
            if (!(pivot > 0)) {
                return null;
            }
            matrix[rowI + i] = Math.sqrt(pivot);
        }
        return new SymmetricSolve(matrix, size);
    }

    /// Product of the first `length` entries of two rows, in four sums so that additions need not wait for
    /// each other.
    private static double dot(double[] matrix, int rowA, int rowB, int length) {
        if (length < 4) {
            return shortDot(matrix, rowA, rowB, length);
        }
        double s0 = matrix[rowA] * matrix[rowB];
        double s1 = matrix[rowA + 1] * matrix[rowB + 1];
        double s2 = matrix[rowA + 2] * matrix[rowB + 2];
        double s3 = matrix[rowA + 3] * matrix[rowB + 3];
        int k = 4;
        for (; k + 3 < length; k += 4) {
            s0 += matrix[rowA + k] * matrix[rowB + k];
            s1 += matrix[rowA + k + 1] * matrix[rowB + k + 1];
            s2 += matrix[rowA + k + 2] * matrix[rowB + k + 2];
            s3 += matrix[rowA + k + 3] * matrix[rowB + k + 3];
        }
        if (k < length) {
            s0 += matrix[rowA + k] * matrix[rowB + k];
        }
        if (k + 1 < length) {
            s0 += matrix[rowA + k + 1] * matrix[rowB + k + 1];
        }
        if (k + 2 < length) {
            s0 += matrix[rowA + k + 2] * matrix[rowB + k + 2];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static double shortDot(double[] matrix, int rowA, int rowB, int length) {
        return switch (length) {
            case 0 -> 0;
            case 1 -> matrix[rowA] * matrix[rowB];
            case 2 -> matrix[rowA] * matrix[rowB] + matrix[rowA + 1] * matrix[rowB + 1];
            default ->
                matrix[rowA] * matrix[rowB] + matrix[rowA + 1] * matrix[rowB + 1] + matrix[rowA + 2] * matrix[rowB + 2];
        };
    }

    /// Solves A x = b in place.
    void solve(double[] b) {
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
    double[] inverse() {
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
