package org.polyphony.games.polymatrix;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.OpponentMixing;
import org.polyphony.games.PopulationSolver;
import org.polyphony.games.Preferences;
import org.polyphony.games.Regularisation;
import org.polyphony.games.Skew;
import org.polyphony.games.StakeholderProfile;
import org.polyphony.games.StakeholderSolver;
import org.polyphony.games.Strategies;

/// Solves the stakeholder game without regularisation exactly: stakeholder s picks π_s against the others'
/// mixture q_s = Σ_{r≠s} λ_sr π_r and maximises π_sᵀ P_s q_s. That is a polymatrix game, and its equilibria
/// are the solutions of a linear complementarity problem (Howson 1972), which [ComplementaryPivoting]
/// follows to one of them.
///
/// With costs C_sr = 1 − λ_sr A_s for r ≠ s and C_ss = 1, all positive once A is scaled, the problem is C x
/// − E v ≥ 0 complementary to x ≥ 0, and Eᵀ x − 1 ≥ 0 complementary to v ≥ 0. A constant per opponent
/// changes no best response. M = (C, −E; Eᵀ, 0) is copositive and M's null directions have x = 0 and v = 0,
/// so that a path without rounding ends in a solution.
///
/// **Which equilibrium.** There may be many; the one at the end of the path from the all-ones covering
/// vector is returned. It depends on the preferences and on the order of stakeholders and candidates. Where
/// rounding breaks that path, other covering vectors are tried, fixed once and for all. NashConv is
/// measured on the data; above 1e-12 the answer says that it did not converge. Meant for S K up to about
/// 100: a pivot costs (S K)² and memory is 2 (S K)².
///
/// **One stakeholder** meets a copy of itself, as in [StakeholderSolver].
///
/// Stateless.
///
/// @param mixing how the opponents are weighted
public record PolymatrixSolver(OpponentMixing mixing) {

    private static final double NASH_CONV = 1e-12;
    private static final int ATTEMPTS = 24;

    /// Solves one game among all its candidates.
    ///
    /// @param p preferences, shape (stakeholders, k, k)
    /// @param weights ω of the deployed mixture, non-negative, with a positive sum, shape (stakeholders)
    public StakeholderProfile solve(double[] p, int stakeholders, int k, double[] weights) {
        Preferences.require(p, stakeholders, k);
        double[] omega = Preferences.normalise(weights, stakeholders);
        double uniqueAbove = StakeholderSolver.disagreement(p, stakeholders, k) / 2;
        if (stakeholders == 1) {
            var alone = new PopulationSolver().solve(p, k);
            return profile(alone.policy(), omega, k, new double[] {alone.gap() / 2}, 0, alone.iterations());
        }
        double[] a = Skew.payoffs(p, stakeholders, k);
        double[] lambda = mixing.matrix(omega);
        double[] matrix = matrix(a, lambda, stakeholders, k);
        var q = new double[stakeholders * (k + 1)];
        Arrays.fill(q, stakeholders * k, q.length, -1);
        double[] best = new double[0];
        double[] bestNashConv = {Double.POSITIVE_INFINITY};
        int pivots = 0;
        for (int attempt = 0; attempt < ATTEMPTS && !(Strategies.max(bestNashConv) <= NASH_CONV); attempt++) {
            var path = new ComplementaryPivoting(matrix, q, covering(q.length, attempt));
            boolean ended = path.solve(50 * q.length);
            pivots += path.pivots();
            if (!ended && best.length > 0) {
                continue;
            }
            for (double[] z : new double[][] {path.refined(), path.solution()}) {
                double[] profile = profile(z, stakeholders, k);
                double[] nashConv = nashConv(a, lambda, stakeholders, k, profile);
                if (best.length == 0 || Strategies.max(nashConv) < Strategies.max(bestNashConv)) {
                    best = profile;
                    bestNashConv = nashConv;
                }
            }
        }
        return profile(best, omega, k, bestNashConv, uniqueAbove, pivots);
    }

    /// Solves the game among the allowed candidates; the others get exactly zero in every policy.
    ///
    /// @throws IllegalArgumentException if nothing is allowed: the caller refuses, there is no policy to
    ///     return
    public StakeholderProfile solve(double[] p, int stakeholders, AllowedCandidates allowed, double[] weights) {
        Preferences.requireSomeone(allowed);
        return solve(allowed.restrictMatrices(p, stakeholders), stakeholders, allowed.count(), weights)
                .expand(allowed);
    }

    private static StakeholderProfile profile(
            double[] profile, double[] omega, int k, double[] nashConv, double uniqueAbove, int pivots) {
        double worst = Strategies.max(nashConv);
        return new StakeholderProfile(
                profile,
                Strategies.mixture(profile, omega, k),
                nashConv,
                worst,
                new Regularisation(0, worst <= NASH_CONV ? 0 : Double.NaN, uniqueAbove),
                pivots,
                worst <= NASH_CONV);
    }

    // the first path starts from all ones, which treats everybody alike
    private static double[] covering(int n, int attempt) {
        var covering = new double[n];
        Arrays.fill(covering, 1);
        if (attempt > 0) {
            var random = new SplittableRandom(attempt);
            Arrays.setAll(covering, _ -> random.nextDouble(0.5, 1.5));
        }
        return covering;
    }

    // every stakeholder's margins are scaled to at most 1/2, so that weak preferences are solved as exactly as strong
    // ones
    private static double[] matrix(double[] a, double[] lambda, int stakeholders, int k) {
        int x = stakeholders * k;
        int n = x + stakeholders;
        var matrix = new double[n * n];
        for (int s = 0; s < stakeholders; s++) {
            double scale = Skew.scale(largest(a, s * k * k, k * k));
            for (int i = 0; i < k; i++) {
                int row = s * k + i;
                for (int r = 0; r < stakeholders; r++) {
                    for (int j = 0; j < k; j++) {
                        double payoff = r == s ? 0 : lambda[s * stakeholders + r] * a[(s * k + i) * k + j] * scale;
                        matrix[row * n + r * k + j] = 1 - payoff;
                    }
                }
                matrix[row * n + x + s] = -1;
                matrix[(x + s) * n + row] = 1;
            }
        }
        return matrix;
    }

    private static double largest(double[] values, int from, int n) {
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(values[from + i]));
        }
        return largest;
    }

    private static double[] profile(double[] z, int stakeholders, int k) {
        var profile = new double[stakeholders * k];
        for (int s = 0; s < stakeholders; s++) {
            double total = 0;
            for (int i = 0; i < k; i++) {
                profile[s * k + i] = Strategies.clean(z[s * k + i]);
                total += profile[s * k + i];
            }
            for (int i = 0; i < k; i++) {
                // a path that broke off may have left somebody without any mass
                profile[s * k + i] = total > 0 ? profile[s * k + i] / total : 1.0 / k;
            }
        }
        return profile;
    }

    /// What each stakeholder gains by its best deviation, max_i (A_s q_s)_i − π_sᵀ A_s q_s, shape (S).
    static double[] nashConv(double[] a, double[] lambda, int stakeholders, int k, double[] profile) {
        var nashConv = new double[stakeholders];
        var payoffs = new double[k];
        for (int s = 0; s < stakeholders; s++) {
            var shares = Arrays.copyOfRange(lambda, s * stakeholders, (s + 1) * stakeholders);
            Skew.multiply(a, s * k * k, k, Strategies.mixture(profile, shares, k), 0, payoffs, 0);
            double own = 0;
            for (int i = 0; i < k; i++) {
                own += profile[s * k + i] * payoffs[i];
            }
            nashConv[s] = Strategies.max(payoffs) - own;
        }
        return nashConv;
    }
}
