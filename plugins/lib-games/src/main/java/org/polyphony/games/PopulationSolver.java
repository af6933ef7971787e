package org.polyphony.games;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Solves the population game exactly: two copies of one policy meet, and π is a Nash equilibrium when no candidate
/// beats
/// it, max_i (A π)_i = 0. On rankings this is the maximal lottery, in machine learning the von Neumann winner.
///
/// A preference matrix P is row-major of shape (K, K), P\[i,j\] the probability that candidate i is preferred to j.
/// What is
/// solved is its skew part A = (P − Pᵀ) / 2, which is P − 1/2 wherever P + Pᵀ = 1.
///
/// **Which equilibrium.** Where it is not unique (ties, duplicated candidates) a vertex of the set of equilibria is
/// returned: the one that the pivoting of [SimplexTableau] reaches, which depends on the preferences and on the order
/// of
/// the candidates and on nothing else. A candidate that nothing beats is returned alone, the lowest index first; of two
/// equal candidates that both belong to an equilibrium, one carries the mass. The gap does not depend on the choice.
///
/// **Accuracy.** The gap 2 max_i (A π)_i is recomputed from A for every game. At rounding level it is accepted;
/// otherwise the final basis is solved again with iterative refinement, then the game in twice the precision (see
/// [ExtendedTableau]), and if that is not enough either in exact rational arithmetic (up to 16 candidates). The gap
/// that
/// is reported is always the one measured.
///
/// A workspace: reused from game to game, owned by one thread. Games are independent, so a batch may be cut anywhere.
public final class PopulationSolver {

    /// What a certificate calls an equilibrium.
    private static final double CONVERGED = 1e-9;

    /// Gaps up to this times the largest margin are rounding.
    private static final double ROUNDING = 1e-14;

    /// Gaps above this times the largest margin send a game to the next, slower and more exact method.
    private static final double ACCEPTED = 1e-13;

    private static final int LARGEST_EXACT = 16;

    private final SimplexTableau tableau = new SimplexTableau();
    private double[] payoff = new double[0];
    private double[] staged = new double[0];
    private double[] strategy = new double[0];

    /// Makes a workspace.
    public PopulationSolver() {}

    /// Solves one game among all its candidates.
    ///
    /// @param p preferences in \[0, 1\], shape (k, k)
    /// @throws IllegalArgumentException if `p` does not hold k × k finite entries
    public Equilibrium solve(double[] p, int k) {
        Preferences.require(p, 1, k);
        reserve(k);
        double gap = solveInto(p, 0, k);
        return new Equilibrium(strategy.clone(), gap, tableau.pivots(), gap <= CONVERGED);
    }

    /// Solves the game among the allowed candidates; the others get exactly zero.
    ///
    /// @throws IllegalArgumentException if nothing is allowed: the caller refuses, there is no policy to return
    public Equilibrium solve(double[] p, AllowedCandidates allowed) {
        Preferences.requireSomeone(allowed);
        var solved = solve(allowed.restrictMatrices(p, 1), allowed.count());
        return solved.withPolicy(allowed.expand(solved.policy(), 0));
    }

    /// Solves games `from` (included) to `to` (excluded) of a batch that lies in one array.
    ///
    /// @param p shape (games, k, k)
    /// @param policies receives the equilibria, shape (games, k)
    /// @param gaps receives 2 max_i (A π)_i, shape (games)
    public void solveEach(double[] p, int k, int from, int to, double[] policies, double[] gaps) {
        reserve(k);
        for (int game = from; game < to; game++) {
            gaps[game] = solveInto(p, game * k * k, k);
            System.arraycopy(strategy, 0, policies, game * k, k);
        }
    }

    /// As the array form, on native memory of doubles, 8-byte aligned or not.
    public void solveEach(MemorySegment p, int k, long from, long to, MemorySegment policies, MemorySegment gaps) {
        reserve(k);
        for (long game = from; game < to; game++) {
            MemorySegment.copy(p, ValueLayout.JAVA_DOUBLE_UNALIGNED, game * k * k * Double.BYTES, staged, 0, k * k);
            double gap = solveInto(staged, 0, k);
            gaps.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, game * Double.BYTES, gap);
            MemorySegment.copy(strategy, 0, policies, ValueLayout.JAVA_DOUBLE_UNALIGNED, game * k * Double.BYTES, k);
        }
    }

    private void reserve(int k) {
        if (strategy.length != k) {
            payoff = new double[k * k];
            staged = new double[k * k];
            strategy = new double[k];
        }
    }

    // leaves the equilibrium in `strategy`
    private double solveInto(double[] p, int offset, int k) {
        double unit = Skew.payoff(p, offset, k, payoff);
        double scale = Skew.scale(unit);
        tableau.reset(k, k);
        for (int i = 0; i < k; i++) {
            double[] row = tableau.row(i);
            for (int j = 0; j < k; j++) {
                row[j] = 1 + payoff[i * k + j] * scale;
            }
        }
        boolean optimal = tableau.optimise();
        tableau.columnStrategy(strategy);
        double exploitability = Skew.exploitability(payoff, k, strategy);
        if (optimal && exploitability <= ROUNDING * unit) {
            return 2 * exploitability;
        }
        return 2 * polish(k, exploitability, unit);
    }

    // leaves the best strategy found in `strategy`
    private double polish(int k, double exploitability, double unit) {
        double best = keepBetter(refine(k), k, exploitability);
        if (!(best <= ACCEPTED * unit)) {
            var extended = new ExtendedTableau(payoff, k, k, 0, Skew.scale(unit));
            extended.optimise();
            best = keepBetter(extended.columnStrategy(), k, best);
        }
        if (!(best <= ACCEPTED * unit) && k <= LARGEST_EXACT) {
            best = keepBetter(new ExactMatrixGame(payoff, k, k).columnStrategy(), k, best);
        }
        return best;
    }

    private double keepBetter(double[] other, int k, double exploitability) {
        double after = Skew.exploitability(payoff, k, other);
        if (after < exploitability || Double.isNaN(exploitability)) {
            System.arraycopy(other, 0, strategy, 0, k);
            return after;
        }
        return exploitability;
    }

    // A[tight, support] y = v 1, 1ᵀ y = 1: what the final basis stands for, without the errors of pivoting
    private double[] refine(int k) {
        int[] support = tableau.basicColumns();
        int[] tight = tableau.tightRows();
        int n = support.length;
        var matrix = new double[(n + 1) * (n + 1)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix[i * (n + 1) + j] = payoff[tight[i] * k + support[j]];
            }
            matrix[i * (n + 1) + n] = -1;
            matrix[n * (n + 1) + i] = 1;
        }
        var system = new LinearSystem(matrix, n + 1);
        return system.isRegular() ? Strategies.spread(system.solve(Strategies.pure(n + 1, n)), support, k) : strategy;
    }
}
