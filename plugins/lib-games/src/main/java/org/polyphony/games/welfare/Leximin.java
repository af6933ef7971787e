package org.polyphony.games.welfare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.ConsensusSolver;
import org.polyphony.games.Preferences;
import org.polyphony.games.SimplexTableau;
import org.polyphony.games.Skew;

/// The leximin policy over unilateral gains g_s(π) = max_i (A_s π)_i: first the largest gain is made as
/// small as possible, then, without giving that up, the largest gain of the others, and so on. It is a
/// consensus optimum that does not stop at the stakeholder who cannot be helped.
///
/// Each level is a linear programme: min ε with (A_s π)_i ≤ ε for the stakeholders still free and ≤ ε_s for
/// those decided. With y = π / (1 + ε) it is max 1ᵀy, (1 + A_s) y ≤ 1 for the free, (A_s − ε_s) y ≤ 0 for
/// the decided, for which y = 0 is feasible and [SimplexTableau] is made. A stakeholder whose duals ν are
/// positive has its gain at ε in *every* solution of the level, and is decided; at least one is, so there
/// are at most S levels. The gains are unique, the policy need not be.
///
/// Each level proves itself: with |ν| = 1 on the free, no policy that keeps the decided gets below min_j
/// Σ_{s,i} ν\[s,i\] A_s\[i,j\] − Σ_decided |ν_s| ε_s.
///
/// A workspace: reused from game to game, owned by one thread.
public final class Leximin {

    /// Room that a decided stakeholder is given, so that rounding does not leave a level without a feasible
    /// point.
    private static final double SLACK = 1e-14;

    /// Shares of the duals above this decide a stakeholder. In no solution of the level is its gain smaller
    /// than ε by more than the level's gap over its share, so a tiny share proves nothing.
    private static final double DECIDING = 1e-4;

    private final ConsensusSolver consensus = new ConsensusSolver();
    private final SimplexTableau tableau = new SimplexTableau();

    /// Makes a workspace.
    public Leximin() {}

    /// Solves one game among all its candidates.
    ///
    /// @param p preferences, shape (stakeholders, k, k)
    public Solution solve(double[] p, int stakeholders, int k) {
        var first = consensus.solve(p, stakeholders, k);
        double[] a = Skew.payoffs(p, stakeholders, k);
        double scale = scale(a);
        var decided = new double[stakeholders];
        Arrays.fill(decided, Double.NaN);
        List<double[]> levels = new ArrayList<>();
        double[] policy = first.policy();
        double[] duals = first.duals();
        int pivots = first.iterations();
        boolean solved = true;
        while (true) {
            levels.add(duals);
            if (decide(duals, Skew.gains(a, stakeholders, k, policy), k, decided) == 0) {
                break;
            }
            solved = levels.size() < stakeholders && level(a, stakeholders, k, decided, scale);
            pivots += tableau.pivots();
            var next = new double[k];
            tableau.columnStrategy(next);
            if (!solved || !keeps(Skew.gains(a, stakeholders, k, next), decided)) {
                solved = false;
                break;
            }
            policy = next;
            duals = new double[stakeholders * k];
            tableau.rowStrategy(duals);
        }
        double[] gains = Skew.gains(a, stakeholders, k, policy);
        double gap = solved ? gap(a, stakeholders, k, gains, levels) : Double.POSITIVE_INFINITY;
        return new Solution(WelfareSolution.of(policy, gains, first.duals(), gap, pivots), List.copyOf(levels));
    }

    /// Solves the game among the allowed candidates; the others get exactly zero, in the policy and in the
    /// duals.
    ///
    /// @throws IllegalArgumentException if nothing is allowed: the caller refuses, there is no policy to
    ///     return
    public Solution solve(double[] p, int stakeholders, AllowedCandidates allowed) {
        Preferences.requireSomeone(allowed);
        var solved = solve(allowed.restrictMatrices(p, stakeholders), stakeholders, allowed.count());
        return new Solution(
                solved.welfare().expand(allowed),
                solved.levels().stream()
                        .map(duals -> allowed.expandEach(duals, stakeholders, 0))
                        .toList());
    }

    // weak preferences are solved as exactly as strong ones
    private static double scale(double[] a) {
        double largest = 0;
        for (double payoff : a) {
            largest = Math.max(largest, Math.abs(payoff));
        }
        return Skew.scale(largest);
    }

    private boolean level(double[] a, int stakeholders, int k, double[] decided, double scale) {
        tableau.reset(stakeholders * k, k);
        for (int s = 0; s < stakeholders; s++) {
            boolean free = Double.isNaN(decided[s]);
            for (int i = 0; i < k; i++) {
                double[] row = tableau.row(s * k + i);
                for (int j = 0; j < k; j++) {
                    double payoff = a[(s * k + i) * k + j];
                    row[j] = free ? 1 + payoff * scale : (payoff - decided[s]) * scale - SLACK;
                }
                row[k] = free ? 1 : 0;
            }
        }
        return tableau.optimise();
    }

    // the gain at which a level is decided; returns how many stakeholders are still free
    private static int decide(double[] duals, double[] gains, int k, double[] decided) {
        double largest = largestFree(gains, decided);
        double mass = free(duals, k, decided);
        int free = 0;
        for (int s = 0; s < decided.length; s++) {
            if (Double.isNaN(decided[s])) {
                if (share(duals, s, k) > DECIDING * mass) {
                    decided[s] = largest;
                } else {
                    free++;
                }
            }
        }
        return free;
    }

    // by how much a stakeholder that some level decided could be better off at most
    private static double gap(double[] a, int stakeholders, int k, double[] gains, List<double[]> levels) {
        var decided = new double[stakeholders];
        Arrays.fill(decided, Double.NaN);
        double worst = 0;
        for (double[] duals : levels) {
            double gap = largestFree(gains, decided) - bound(a, stakeholders, k, duals, decided);
            double mass = free(duals, k, decided);
            var before = decided.clone();
            decide(duals, gains, k, decided);
            for (int s = 0; s < stakeholders; s++) {
                if (Double.isNaN(before[s]) && !Double.isNaN(decided[s])) {
                    worst = Math.max(worst, gap * mass / share(duals, s, k));
                }
            }
        }
        return worst;
    }

    // what no policy that keeps the decided can get the largest gain of the others below
    private static double bound(double[] a, int stakeholders, int k, double[] duals, double[] decided) {
        double given = 0;
        var columns = new double[k];
        for (int s = 0; s < stakeholders; s++) {
            given += Double.isNaN(decided[s]) ? 0 : share(duals, s, k) * decided[s];
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    columns[j] += duals[s * k + i] * a[(s * k + i) * k + j];
                }
            }
        }
        return (Arrays.stream(columns).min().orElseThrow() - given) / free(duals, k, decided);
    }

    // the mass of the duals on the stakeholders that are still free
    private static double free(double[] duals, int k, double[] decided) {
        double mass = 0;
        for (int s = 0; s < decided.length; s++) {
            mass += Double.isNaN(decided[s]) ? share(duals, s, k) : 0;
        }
        return mass;
    }

    private static boolean keeps(double[] gains, double[] decided) {
        for (int s = 0; s < gains.length; s++) {
            boolean kept = Double.isNaN(decided[s]) || gains[s] <= decided[s] + WelfareSolution.CONVERGED;
            if (!kept || Double.isNaN(gains[s])) {
                return false;
            }
        }
        return true;
    }

    private static double largestFree(double[] gains, double[] decided) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < gains.length; s++) {
            largest = Double.isNaN(decided[s]) ? Math.max(largest, gains[s]) : largest;
        }
        return largest;
    }

    private static double share(double[] duals, int s, int k) {
        double share = 0;
        for (int i = 0; i < k; i++) {
            share += duals[s * k + i];
        }
        return share;
    }

    /// @param welfare the policy; `values` are the gains g_s, `duals` those of the first level, `gap` the
    ///     largest of any level
    /// @param levels the duals of each level, shape (S, K) each, summing to one over decided and free
    ///     stakeholders
    public record Solution(WelfareSolution welfare, List<double[]> levels) {}
}
