package org.polyphony.games.polymatrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.polyphony.games.LinearSystem;

/// Lemke's algorithm for a linear complementarity problem: w = M z + q, w ≥ 0, z ≥ 0, wᵀz = 0.
///
/// An artificial variable z₀ with the covering vector d > 0 makes the slack basis feasible; each pivot lets
/// the complement of the variable that left enter, until z₀ leaves. Ties are broken lexicographically
/// (Cottle, Pang and Stone 1992, 4.4): duplicated stakeholders and candidates make every vertex degenerate,
/// and without that rule the path can cycle. In floating point a ratio within 1e-11 of the smallest is a
/// tie.
///
/// One problem, one run; dense, one n × (2 n + 2) tableau.
final class ComplementaryPivoting {

    private static final double PIVOT = 1e-11;
    private static final double TIE = 1e-11;

    private final int n;
    private final double[] matrix;
    private final double[] q;

    /// Columns: w, z, z₀, right-hand side.
    private final double[][] t;

    private final int[] basic;
    private int pivots;

    /// @param matrix M, shape (n, n), row-major
    /// @param covering d > 0, shape (n)
    ComplementaryPivoting(double[] matrix, double[] q, double[] covering) {
        this.n = q.length;
        this.matrix = matrix;
        this.q = q;
        this.t = new double[n][2 * n + 2];
        this.basic = new int[n];
        for (int i = 0; i < n; i++) {
            t[i][i] = 1;
            for (int j = 0; j < n; j++) {
                t[i][n + j] = -matrix[i * n + j];
            }
            t[i][2 * n] = -covering[i];
            t[i][2 * n + 1] = q[i];
            basic[i] = i;
        }
    }

    /// Runs to a complementary solution; false on a secondary ray or at the pivot limit.
    boolean solve(int limit) {
        int entering = 2 * n;
        int leaving = firstLeavingRow();
        while (pivots < limit) {
            int left = basic[leaving];
            pivot(leaving, entering);
            if (left == 2 * n) {
                return true;
            }
            entering = left < n ? n + left : left - n;
            leaving = leavingRow(entering);
            if (leaving < 0) {
                return false;
            }
        }
        return false;
    }

    int pivots() {
        return pivots;
    }

    /// z as the tableau has it.
    double[] solution() {
        var z = new double[n];
        for (int i = 0; i < n; i++) {
            if (basic[i] >= n && basic[i] < 2 * n) {
                z[basic[i] - n] = t[i][2 * n + 1];
            }
        }
        return z;
    }

    /// z from the final basis and the original data, M_BB z_B = −q_B, without the errors of pivoting; the
    /// tableau's own where that system is singular.
    double[] refined() {
        List<Integer> active = new ArrayList<>();
        for (int label : Arrays.stream(basic).sorted().toArray()) {
            if (label >= n && label < 2 * n) {
                active.add(label - n);
            }
        }
        int size = active.size();
        var block = new double[size * size];
        var right = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                block[i * size + j] = matrix[active.get(i) * n + active.get(j)];
            }
            right[i] = -q[active.get(i)];
        }
        var system = new LinearSystem(block, size);
        if (!system.isRegular()) {
            return solution();
        }
        double[] values = system.solve(right);
        var z = new double[n];
        for (int i = 0; i < size; i++) {
            z[active.get(i)] = values[i];
        }
        return z;
    }

    // the row with the smallest q / d; of equal ones the last, whose unit row is lexicographically smallest
    private int firstLeavingRow() {
        int best = 0;
        for (int i = 1; i < n; i++) {
            double order = q[i] / -t[i][2 * n] - q[best] / -t[best][2 * n];
            if (order <= 0) {
                best = i;
            }
        }
        return best;
    }

    private int leavingRow(int entering) {
        int best = -1;
        for (int i = 0; i < n; i++) {
            if (t[i][entering] > PIVOT && (best < 0 || comesBefore(i, best, entering))) {
                best = i;
            }
        }
        return best;
    }

    // compares (q, B⁻¹) / pivot lexicographically; z₀ leaves first among equal right-hand sides
    private boolean comesBefore(int i, int best, int entering) {
        double order = t[i][2 * n + 1] / t[i][entering] - t[best][2 * n + 1] / t[best][entering];
        if (Math.abs(order) > TIE) {
            return order < 0;
        }
        if (basic[i] == 2 * n || basic[best] == 2 * n) {
            return basic[i] == 2 * n;
        }
        for (int j = 0; j < n; j++) {
            order = t[i][j] / t[i][entering] - t[best][j] / t[best][entering];
            if (Math.abs(order) > TIE) {
                return order < 0;
            }
        }
        return false;
    }

    private void pivot(int leaving, int entering) {
        double[] pivotRow = t[leaving];
        double inverse = 1 / pivotRow[entering];
        for (int j = 0; j < pivotRow.length; j++) {
            pivotRow[j] *= inverse;
        }
        pivotRow[entering] = 1;
        for (int i = 0; i < n; i++) {
            double factor = t[i][entering];
            if (i != leaving && factor != 0) {
                double[] row = t[i];
                for (int j = 0; j < row.length; j++) {
                    row[j] -= factor * pivotRow[j];
                }
                row[entering] = 0;
            }
        }
        basic[leaving] = entering;
        pivots++;
    }
}
