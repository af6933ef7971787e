package org.polyphony.games.polymatrix;

import java.util.Arrays;
import org.polyphony.games.LogPolicies;
import org.polyphony.games.OpponentMixing;
import org.polyphony.games.Preferences;
import org.polyphony.games.Regularisation;
import org.polyphony.games.Skew;
import org.polyphony.games.StakeholderProfile;
import org.polyphony.games.StakeholderSolver;
import org.polyphony.games.Strategies;

/// The population map of heterogeneous multiplayer preference optimisation, HT-MNPO (arXiv 2509.23102, our
/// reading of its equations 10 and 18): every player's next policy is the geometric mean of its
/// *opponents'*, moved by its own win rates,
///
///     log π_s ← normalise(mean_{r≠s} log π_r + step · P_s q_s),    q_s = mean_{r≠s} π_r.
///
/// **It does not find the equilibrium it defines.** A deviation e_s = log π_s − mean log π from the common
/// policy becomes −e_s / (S − 1) plus step times the differences of win rates: for S ≥ 3 it shrinks by
/// itself, for two players it changes sign. So all players end up on one policy (two players exchange
/// theirs), which follows multiplicative weights on the uniform mixture of everybody's preferences.
/// Nobody's own best response enters: what each player could gain by deviating alone is left over, 0.1 to
/// 0.3 on our reference games, however long it runs. It is here to be measured against [PolymatrixSolver]
/// and [StakeholderSolver], and no plugin offers it as a solver.
///
/// @param step multiplies the preferences, > 0
/// @param iterations updates of all players at once
public record MultiplayerMirrorDescent(double step, int iterations) {

    /// Validates the two.
    public MultiplayerMirrorDescent {
        if (!(step > 0) || Double.isInfinite(step) || iterations < 1) {
            throw new IllegalArgumentException("step is " + step + " and iterations is " + iterations
                    + "; step must be positive and finite, iterations at least 1");
        }
    }

    /// The profile after the last update, from everybody at the reference. It never claims to have
    /// converged.
    ///
    /// @param p preferences, shape (stakeholders, k, k), of at least two stakeholders
    /// @param weights ω of the deployed mixture, shape (stakeholders)
    /// @param logReference log μ in nats, finite, shape (k)
    public StakeholderProfile run(double[] p, int stakeholders, int k, double[] weights, double[] logReference) {
        Preferences.require(p, stakeholders, k);
        double[] omega = Preferences.normalise(weights, stakeholders);
        if (stakeholders < 2) {
            throw new IllegalArgumentException("one stakeholder has no opponent; give at least two");
        }
        double[] a = Skew.payoffs(p, stakeholders, k);
        double[] lambda = OpponentMixing.UNIFORM.matrix(omega);
        double[] reference = LogPolicies.reference(logReference, k);
        var logProfile = new double[stakeholders * k];
        for (int s = 0; s < stakeholders; s++) {
            System.arraycopy(reference, 0, logProfile, s * k, k);
        }
        for (int t = 0; t < iterations; t++) {
            logProfile = next(a, lambda, stakeholders, k, logProfile);
        }
        var profile = new double[stakeholders * k];
        LogPolicies.exponentiate(logProfile, 0, profile.length, profile);
        double[] nashConv = PolymatrixSolver.nashConv(a, lambda, stakeholders, k, profile);
        return new StakeholderProfile(
                profile,
                Strategies.mixture(profile, omega, k),
                nashConv,
                Strategies.max(nashConv),
                new Regularisation(0, Double.NaN, StakeholderSolver.disagreement(p, stakeholders, k) / 2),
                iterations,
                false);
    }

    private double[] next(double[] a, double[] lambda, int stakeholders, int k, double[] logProfile) {
        var profile = new double[logProfile.length];
        LogPolicies.exponentiate(logProfile, 0, profile.length, profile);
        var moved = new double[logProfile.length];
        var payoffs = new double[k];
        for (int s = 0; s < stakeholders; s++) {
            var shares = Arrays.copyOfRange(lambda, s * stakeholders, (s + 1) * stakeholders);
            Skew.multiply(a, s * k * k, k, Strategies.mixture(profile, shares, k), 0, payoffs, 0);
            double[] centre = Strategies.mixture(logProfile, shares, k);
            for (int i = 0; i < k; i++) {
                moved[s * k + i] = centre[i] + step * payoffs[i];
            }
            LogPolicies.normalise(moved, s * k, k);
        }
        return moved;
    }
}
