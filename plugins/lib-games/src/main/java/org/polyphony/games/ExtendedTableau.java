package org.polyphony.games;

import java.util.Arrays;

/// The tableau of [SimplexTableau] in twice the working precision, about 32 decimal digits.
///
/// Candidates that are almost but not quite the same (margins that differ by 1e-6 to 1e-11) make pivots of that size,
/// and after one of them nothing is left of a double's 16 digits. Every number here is the unevaluated sum of two
/// doubles
/// (Dekker 1971; the products by fused multiply-add), so such a game comes out with a gap at rounding level. Where
/// several
/// candidates differ by less, pivots multiply to below 1e-20 and this tableau can fail as well: its answer is checked
/// too.
/// Some twenty times slower than doubles, and called only where their answer did not pass.
final class ExtendedTableau {

    private static final double OPTIMALITY = 1e-26;
    private static final double PIVOT = 1e-20;
    private static final double TIE = 1e-26;

    private final int rows;
    private final int columns;
    private final double[][] high;
    private final double[][] low;
    private final int[] basic;
    private final int[] nonbasic;

    /// @param payoff shape (rows, columns), row-major
    /// @param centre subtracted from every payoff
    /// @param scale a power of two that then brings every payoff into (−1/2, 1/2)
    ExtendedTableau(double[] payoff, int rows, int columns, double centre, double scale) {
        this.rows = rows;
        this.columns = columns;
        this.high = new double[rows + 1][columns + 1];
        this.low = new double[rows + 1][columns + 1];
        this.basic = new int[rows];
        this.nonbasic = new int[columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double value = (payoff[i * columns + j] - centre) * scale;
                high[i][j] = 1 + value;
                low[i][j] = value - (high[i][j] - 1);
            }
            high[i][columns] = 1;
            basic[i] = columns + i;
        }
        for (int j = 0; j < columns; j++) {
            high[rows][j] = -1;
            nonbasic[j] = j;
        }
    }

    /// Runs to optimality; false when the pivot limit was hit.
    boolean optimise() {
        int blandFrom = 4 * (rows + columns) + 20;
        int limit = 10 * blandFrom;
        for (int pivots = 0; pivots < limit; pivots++) {
            boolean bland = pivots >= blandFrom;
            int entering = improving(bland);
            if (entering < 0) {
                return true;
            }
            int leaving = leavingRow(entering, bland);
            if (leaving < 0) {
                return false;
            }
            pivot(leaving, entering);
        }
        return false;
    }

    double[] columnStrategy() {
        var y = new double[columns];
        for (int i = 0; i < rows; i++) {
            if (basic[i] < columns) {
                y[basic[i]] = Strategies.clean(high[i][columns]);
            }
        }
        Strategies.scale(y, columns, 1 / Arrays.stream(y).sum());
        return y;
    }

    double[] rowStrategy() {
        var u = new double[rows];
        for (int j = 0; j < columns; j++) {
            if (nonbasic[j] >= columns) {
                u[nonbasic[j] - columns] = Strategies.clean(high[rows][j]);
            }
        }
        Strategies.scale(u, rows, 1 / Arrays.stream(u).sum());
        return u;
    }

    private int improving(boolean bland) {
        int best = -1;
        for (int j = 0; j < columns; j++) {
            if (high[rows][j] < -OPTIMALITY
                    && (best < 0 || (bland ? nonbasic[j] < nonbasic[best] : high[rows][j] < high[rows][best]))) {
                best = j;
            }
        }
        return best;
    }

    private int leavingRow(int entering, boolean bland) {
        int best = -1;
        for (int i = 0; i < rows; i++) {
            if (high[i][entering] <= PIVOT) {
                continue;
            }
            if (best < 0) {
                best = i;
                continue;
            }
            double order = compareRatios(i, best, entering);
            boolean better = Math.abs(order) <= TIE
                    ? (bland ? basic[i] < basic[best] : high[i][entering] > high[best][entering])
                    : order < 0;
            if (better) {
                best = i;
            }
        }
        return best;
    }

    // rhs_i / pivot_i − rhs_r / pivot_r, the sign of rhs_i pivot_r − rhs_r pivot_i, relative to the pivots
    private double compareRatios(int i, int r, int entering) {
        double left = high[i][columns] * high[r][entering];
        double leftLow = Math.fma(high[i][columns], high[r][entering], -left)
                + high[i][columns] * low[r][entering]
                + low[i][columns] * high[r][entering];
        double right = high[r][columns] * high[i][entering];
        double rightLow = Math.fma(high[r][columns], high[i][entering], -right)
                + high[r][columns] * low[i][entering]
                + low[r][columns] * high[i][entering];
        return ((left - right) + (leftLow - rightLow)) / (high[i][entering] * high[r][entering]);
    }

    private void pivot(int leaving, int entering) {
        double[] pivotHigh = high[leaving];
        double[] pivotLow = low[leaving];
        // 1 / pivot by one Newton step
        double estimate = 1 / pivotHigh[entering];
        double rest = Math.fma(-pivotHigh[entering], estimate, 1) - pivotLow[entering] * estimate;
        double inverseHigh = estimate + estimate * rest;
        double inverseLow = estimate * rest - (inverseHigh - estimate);
        pivotHigh[entering] = 1;
        pivotLow[entering] = 0;
        for (int j = 0; j <= columns; j++) {
            double product = pivotHigh[j] * inverseHigh;
            double error = Math.fma(pivotHigh[j], inverseHigh, -product)
                    + pivotHigh[j] * inverseLow
                    + pivotLow[j] * inverseHigh;
            pivotHigh[j] = product + error;
            pivotLow[j] = error - (pivotHigh[j] - product);
        }
        for (int i = 0; i <= rows; i++) {
            if (i != leaving && high[i][entering] != 0) {
                eliminate(high[i], low[i], pivotHigh, pivotLow, entering);
            }
        }
        int label = basic[leaving];
        basic[leaving] = nonbasic[entering];
        nonbasic[entering] = label;
    }

    private static void eliminate(
            double[] rowHigh, double[] rowLow, double[] pivotHigh, double[] pivotLow, int entering) {
        double factorHigh = rowHigh[entering];
        double factorLow = rowLow[entering];
        rowHigh[entering] = 0;
        rowLow[entering] = 0;
        for (int j = 0; j < rowHigh.length; j++) {
            double product = factorHigh * pivotHigh[j];
            double productError =
                    Math.fma(factorHigh, pivotHigh[j], -product) + factorHigh * pivotLow[j] + factorLow * pivotHigh[j];
            double sum = rowHigh[j] - product;
            double back = sum - rowHigh[j];
            double error = (rowHigh[j] - (sum - back)) - (product + back) + rowLow[j] - productError;
            rowHigh[j] = sum + error;
            rowLow[j] = error - (rowHigh[j] - sum);
        }
    }
}
