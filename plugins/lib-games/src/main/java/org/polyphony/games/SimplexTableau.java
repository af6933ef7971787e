package org.polyphony.games;

import java.util.Arrays;

/// The compact (Tucker) tableau of a matrix game with positive payoffs, and the primal simplex method on it.
///
/// The column player minimises `M y` with M of shape (rows, columns), every entry > 0. The linear programme is
/// max 1ᵀy subject to M y ≤ 1, y ≥ 0; its slack basis is feasible, so there is no first phase. At the optimum
/// y / 1ᵀy is the column player's strategy, the duals u / 1ᵀu are the row player's, and the value is 1 / 1ᵀy.
///
/// **Which vertex.** Pivoting starts from the pure strategy with the smallest worst case and goes on by the most
/// negative reduced cost, the lowest index winning a tie; so where several equilibria exist, the answer is a vertex of
/// their polytope that depends only on the payoffs and on the order of the candidates.
///
/// **Degeneracy.** Ties and duplicated candidates make degenerate vertices, on which the largest-coefficient rule can
/// cycle. After a number of pivots that ordinary games do not need the rule of Bland (1977) takes over, which cannot
/// cycle in exact arithmetic; [#optimise] says false if even that runs past its limit.
///
/// **Rounding.** Nearly duplicated candidates force small pivots, after which little is left of 16 digits. Callers
/// check
/// what they get, and go on with [ExtendedTableau] and, in the end, [ExactMatrixGame].
///
/// A workspace: reused from game to game, owned by one thread.
public final class SimplexTableau {

    /// Reduced costs and pivots below this are rounding; payoffs are of order one.
    private static final double OPTIMALITY = 1e-13;

    private static final double PIVOT = 1e-10;

    /// Ratios this close are a tie, which the larger pivot wins.
    private static final double TIE = 1e-13;

    private int rows;
    private int columns;

    /// rows × columns of coefficients; the last column is the right-hand side, the last row the reduced costs.
    private double[][] t = new double[0][];

    /// Labels below `columns` are the column player's variables, `columns + i` is the slack of row i.
    private int[] basic = new int[0];

    private int[] nonbasic = new int[0];

    private int pivots;

    /// Makes a workspace.
    public SimplexTableau() {}

    /// Starts a game; the caller then writes the positive payoffs into [#row].
    public void reset(int gameRows, int gameColumns) {
        if (gameRows != rows || gameColumns != columns) {
            rows = gameRows;
            columns = gameColumns;
            t = new double[rows + 1][columns + 1];
            basic = new int[rows];
            nonbasic = new int[columns];
        }
        for (int i = 0; i < rows; i++) {
            t[i][columns] = 1;
            basic[i] = columns + i;
        }
        double[] costs = t[rows];
        for (int j = 0; j < columns; j++) {
            costs[j] = -1;
            nonbasic[j] = j;
        }
        costs[columns] = 0;
        pivots = 0;
    }

    /// The coefficients of row i, the right-hand side last; a caller may lower that to zero.
    public double[] row(int i) {
        return t[i];
    }

    /// How many pivots were made since [#reset].
    public int pivots() {
        return pivots;
    }

    /// Runs to optimality; false when the pivot limit was hit, which leaves a feasible but not optimal tableau.
    public boolean optimise() {
        return optimise(switchToBland(), 40 * (rows + columns) + 200);
    }

    /// As [#optimise()], with Bland's rule after `blandFrom` pivots.
    boolean optimise(int blandFrom, int limit) {
        if (blandFrom > 0) {
            int first = columnWithSmallestMaximum();
            pivot(leavingRow(first, false), first);
        }
        while (pivots < limit) {
            boolean bland = pivots >= blandFrom;
            int entering = bland ? firstImproving() : steepestImproving();
            if (entering < 0) {
                return true;
            }
            int leaving = leavingRow(entering, bland);
            if (leaving < 0) {
                return false; // rounding has eaten the column: a positive game is never unbounded
            }
            pivot(leaving, entering);
        }
        return false;
    }

    private int switchToBland() {
        return 4 * (rows + columns) + 20;
    }

    /// Writes y / 1ᵀy; entries that are not in the basis are exactly zero.
    public void columnStrategy(double[] y) {
        Arrays.fill(y, 0, columns, 0);
        double total = 0;
        for (int i = 0; i < rows; i++) {
            if (basic[i] < columns) {
                double value = Strategies.clean(t[i][columns]);
                y[basic[i]] = value;
                total += value;
            }
        }
        Strategies.scale(y, columns, 1 / total);
    }

    /// Writes u / 1ᵀu.
    public void rowStrategy(double[] u) {
        Arrays.fill(u, 0, rows, 0);
        double[] costs = t[rows];
        double total = 0;
        for (int j = 0; j < columns; j++) {
            if (nonbasic[j] >= columns) {
                double value = Strategies.clean(costs[j]);
                u[nonbasic[j] - columns] = value;
                total += value;
            }
        }
        Strategies.scale(u, rows, 1 / total);
    }

    /// The column player's variables in the final basis, ascending.
    int[] basicColumns() {
        return Arrays.stream(basic).filter(label -> label < columns).sorted().toArray();
    }

    /// The rows whose constraint the final basis makes tight, ascending; as many as there are basic columns.
    int[] tightRows() {
        return Arrays.stream(nonbasic)
                .filter(label -> label >= columns)
                .map(label -> label - columns)
                .sorted()
                .toArray();
    }

    private int columnWithSmallestMaximum() {
        int best = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < columns; j++) {
            double largest = 0;
            for (int i = 0; i < rows; i++) {
                largest = Math.max(largest, t[i][j]);
            }
            if (largest < smallest) {
                smallest = largest;
                best = j;
            }
        }
        return best;
    }

    private int steepestImproving() {
        double[] costs = t[rows];
        int best = -1;
        double steepest = -OPTIMALITY;
        for (int j = 0; j < columns; j++) {
            if (costs[j] < steepest) {
                steepest = costs[j];
                best = j;
            }
        }
        return best;
    }

    private int firstImproving() {
        double[] costs = t[rows];
        int best = -1;
        for (int j = 0; j < columns; j++) {
            if (costs[j] < -OPTIMALITY && (best < 0 || nonbasic[j] < nonbasic[best])) {
                best = j;
            }
        }
        return best;
    }

    private int leavingRow(int entering, boolean bland) {
        int best = -1;
        double bestRatio = Double.POSITIVE_INFINITY;
        double bestPivot = 0;
        for (int i = 0; i < rows; i++) {
            double[] row = t[i];
            double pivot = row[entering];
            if (pivot <= PIVOT) {
                continue;
            }
            double ratio = Math.max(row[columns], 0) / pivot;
            boolean tied = Math.abs(ratio - bestRatio) <= TIE;
            boolean better = tied ? (bland ? basic[i] < basic[best] : pivot > bestPivot) : ratio < bestRatio;
            if (better) {
                best = i;
                bestRatio = ratio;
                bestPivot = pivot;
            }
        }
        return best;
    }

    private void pivot(int leaving, int entering) {
        double[] pivotRow = t[leaving];
        double inverse = 1 / pivotRow[entering];
        pivotRow[entering] = 1;
        for (int j = 0; j <= columns; j++) {
            pivotRow[j] *= inverse;
        }
        for (int i = 0; i <= rows; i++) {
            if (i != leaving) {
                eliminate(t[i], pivotRow, entering);
            }
        }
        int label = basic[leaving];
        basic[leaving] = nonbasic[entering];
        nonbasic[entering] = label;
        pivots++;
    }

    // one index over two whole arrays: the shape that the JIT turns into vector code
    private static void eliminate(double[] row, double[] pivotRow, int entering) {
        double factor = row[entering];
        if (factor == 0) {
            return;
        }
        row[entering] = 0;
        for (int j = 0; j < row.length; j++) {
            row[j] -= factor * pivotRow[j];
        }
    }
}
