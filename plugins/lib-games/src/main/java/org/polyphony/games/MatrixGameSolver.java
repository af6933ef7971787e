package org.polyphony.games;

import java.util.Arrays;

/// Solves zero-sum matrix games exactly: the row player maximises, the column player minimises.
///
/// A linear programme in floating point (see [SimplexTableau]) whose answer is checked before it is returned: the gap
/// of
/// the two strategies is recomputed from the payoffs. If it is not at rounding level the final basis is solved again
/// from the original data, then the game in twice the precision, and if that is not enough either, small games in exact
/// rational arithmetic. The gap that is returned is the one measured, whatever path led there.
///
/// A workspace: reused from game to game, owned by one thread.
public final class MatrixGameSolver {

    /// Gaps up to this times the largest payoff are rounding.
    private static final double ROUNDING = 1e-14;

    /// Gaps above this times the largest payoff send a game to the next, slower and more exact method.
    private static final double ACCEPTED = 1e-13;

    private static final int LARGEST_EXACT = 16 * 16;

    private final SimplexTableau tableau = new SimplexTableau();

    /// Makes a workspace.
    public MatrixGameSolver() {}

    /// Solves one game.
    ///
    /// @param payoff to the row player, shape (rows, columns), row-major, finite; not changed
    /// @throws IllegalArgumentException if the shape does not fit or a payoff is not finite
    public Saddle solve(double[] payoff, int rows, int columns) {
        if (rows < 1 || columns < 1 || payoff.length != Math.multiplyExact(rows, columns)) {
            throw new IllegalArgumentException("payoff has " + payoff.length + " entries, a game of " + rows + " x "
                    + columns + " needs " + (long) rows * columns + "; both sides must be at least 1");
        }
        double highest = Double.NEGATIVE_INFINITY;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < payoff.length; i++) {
            double value = payoff[i];
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("payoff[" + i / columns + "][" + i % columns + "] is " + value
                        + "; every payoff must be finite");
            }
            highest = Math.max(highest, value);
            lowest = Math.min(lowest, value);
        }
        double centre = lowest / 2 + highest / 2;
        double spread = highest / 2 - lowest / 2;
        double scale = Skew.scale(spread);
        tableau.reset(rows, columns);
        for (int i = 0; i < rows; i++) {
            double[] row = tableau.row(i);
            for (int j = 0; j < columns; j++) {
                row[j] = 1 + (payoff[i * columns + j] - centre) * scale;
            }
        }
        double unit = Math.max(Math.abs(highest), Math.abs(lowest));
        return polish(payoff, rows, columns, tableau.optimise(), unit, centre, scale);
    }

    private Saddle polish(
            double[] payoff, int rows, int columns, boolean optimal, double unit, double centre, double scale) {
        var x = new double[rows];
        var y = new double[columns];
        tableau.rowStrategy(x);
        tableau.columnStrategy(y);
        var found = Saddle.of(payoff, x, y, tableau.pivots());
        if (optimal && found.gap() <= ROUNDING * unit) {
            return found;
        }
        var refined = refine(payoff, rows, columns, found);
        if (refined.gap() <= ACCEPTED * unit) {
            return refined;
        }
        var extended = new ExtendedTableau(payoff, rows, columns, centre, scale);
        extended.optimise();
        var precise =
                better(refined, Saddle.of(payoff, extended.rowStrategy(), extended.columnStrategy(), tableau.pivots()));
        if (precise.gap() <= ACCEPTED * unit || payoff.length > LARGEST_EXACT) {
            return precise;
        }
        var exact = new ExactMatrixGame(payoff, rows, columns);
        return better(precise, Saddle.of(payoff, exact.rowStrategy(), exact.columnStrategy(), tableau.pivots()));
    }

    // a gap that is not a number is worse than any other
    private static Saddle better(Saddle one, Saddle other) {
        return other.gap() < one.gap() || Double.isNaN(one.gap()) ? other : one;
    }

    // the strategies that the final basis stands for, from the payoffs themselves: pivoting errors are gone
    private Saddle refine(double[] payoff, int rows, int columns, Saddle found) {
        int[] support = tableau.basicColumns();
        int[] tight = tableau.tightRows();
        int n = support.length;
        // M[tight, support] y = v 1, 1ᵀ y = 1, and the transposed system for the row player
        var primal = new double[(n + 1) * (n + 1)];
        var dual = new double[(n + 1) * (n + 1)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double value = payoff[tight[i] * columns + support[j]];
                primal[i * (n + 1) + j] = value;
                dual[j * (n + 1) + i] = value;
            }
            primal[i * (n + 1) + n] = -1;
            primal[n * (n + 1) + i] = 1;
            dual[i * (n + 1) + n] = -1;
            dual[n * (n + 1) + i] = 1;
        }
        var one = Strategies.pure(n + 1, n);
        var forColumns = new LinearSystem(primal, n + 1);
        var forRows = new LinearSystem(dual, n + 1);
        if (!forColumns.isRegular() || !forRows.isRegular()) {
            return found;
        }
        var x = Strategies.spread(forRows.solve(one), tight, rows);
        var y = Strategies.spread(forColumns.solve(one), support, columns);
        var refined = Saddle.of(payoff, x, y, found.pivots());
        return better(found, refined);
    }

    /// A pair of strategies and how far it is from a saddle point.
    ///
    /// @param rowStrategy of the player who maximises, shape (rows)
    /// @param columnStrategy of the player who minimises, shape (columns)
    /// @param value the middle of the interval that the two strategies prove, whose length is the gap
    /// @param gap max_i (M y)_i − min_j (xᵀ M)_j ≥ 0 up to rounding; zero at an equilibrium
    /// @param pivots of the tableau
    public record Saddle(double[] rowStrategy, double[] columnStrategy, double value, double gap, int pivots) {

        static Saddle of(double[] payoff, double[] x, double[] y, int pivots) {
            double guaranteedLoss = Double.NEGATIVE_INFINITY;
            var columnPayoffs = new double[y.length];
            for (int i = 0; i < x.length; i++) {
                double sum = 0;
                for (int j = 0; j < y.length; j++) {
                    double entry = payoff[i * y.length + j];
                    sum += entry * y[j];
                    columnPayoffs[j] += x[i] * entry;
                }
                guaranteedLoss = Math.max(guaranteedLoss, sum);
            }
            double guaranteedGain = Arrays.stream(columnPayoffs).min().orElseThrow();
            return new Saddle(x, y, guaranteedGain / 2 + guaranteedLoss / 2, guaranteedLoss - guaranteedGain, pivots);
        }
    }
}
