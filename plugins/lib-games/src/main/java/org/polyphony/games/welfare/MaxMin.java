package org.polyphony.games.welfare;

import java.util.Arrays;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.LogPolicies;
import org.polyphony.games.MatrixGameSolver;
import org.polyphony.games.Preferences;
import org.polyphony.games.Skew;
import org.polyphony.games.Strategies;

/// The policy whose worst-off stakeholder is best off: max_π min_s U_s(π) − τ KL(π‖μ), where U_s(π) = πᵀ
/// A_s μ is how much more often than half the time s prefers the policy to the reference.
///
/// τ = 0 is a linear programme. τ > 0 is the objective of MaxMin-RLHF (arXiv 2402.08925) with win rates for
/// rewards: the adversary over stakeholders ω minimises τ log Σ_i μ_i exp(Σ_s ω_s (A_s μ)_i / τ), the
/// policy answers with π ∝ μ exp(Σ_s ω_s A_s μ / τ), and [SimplexInteriorPoint] finds ω; its Frank-Wolfe
/// gap is the duality gap. Utilities are absolute: a stakeholder who likes little about any answer decides,
/// whether or not it can be helped.
///
/// In the answer `values` are U_s; `gap` is the upper bound proved by ω minus what the policy attains;
/// `duals` are ω_s μ_j.
///
/// Stateless.
///
/// @param tau weight of the KL divergence from the reference, ≥ 0
public record MaxMin(double tau) {

    private static final double TOLERANCE = 1e-13;

    /// Validates τ.
    public MaxMin {
        if (!(tau >= 0) || Double.isInfinite(tau)) {
            throw new IllegalArgumentException("tau is " + tau + "; it must be zero or positive, and finite");
        }
    }

    /// Solves one game among all its candidates.
    ///
    /// @param p preferences, shape (stakeholders, k, k)
    /// @param logReference log μ in nats, finite, shape (k); normalised here
    public WelfareSolution solve(double[] p, int stakeholders, int k, double[] logReference) {
        Preferences.require(p, stakeholders, k);
        double[] reference = LogPolicies.reference(logReference, k);
        var tilt = new ReferenceTilt(Skew.payoffs(p, stakeholders, k), stakeholders, k, reference);
        return tau == 0 ? linear(tilt) : regularised(tilt);
    }

    /// Solves the game among the allowed candidates, with the reference conditioned on them; the others get
    /// exactly zero.
    ///
    /// @throws IllegalArgumentException if nothing is allowed: the caller refuses, there is no policy to
    ///     return
    public WelfareSolution solve(double[] p, int stakeholders, AllowedCandidates allowed, double[] logReference) {
        Preferences.requireSomeone(allowed);
        return solve(
                        allowed.restrictMatrices(p, stakeholders),
                        stakeholders,
                        allowed.count(),
                        allowed.restrict(logReference))
                .expand(allowed);
    }

    private static WelfareSolution linear(ReferenceTilt tilt) {
        var losses = Arrays.stream(tilt.margins).map(margin -> -margin).toArray();
        var saddle = new MatrixGameSolver().solve(losses, tilt.stakeholders, tilt.k);
        return WelfareSolution.of(
                saddle.columnStrategy(),
                tilt.utilities(saddle.columnStrategy()),
                tilt.duals(saddle.rowStrategy()),
                saddle.gap(),
                saddle.pivots());
    }

    private WelfareSolution regularised(ReferenceTilt tilt) {
        var dual = new Dual(tilt, tau);
        var minimum = SimplexInteriorPoint.minimise(dual, Strategies.uniform(tilt.stakeholders), TOLERANCE);
        double[] utilities = dual.gradient();
        double attained = Arrays.stream(utilities).min().orElseThrow() - tau * tilt.divergence(dual.policy);
        return WelfareSolution.of(
                dual.policy,
                utilities,
                tilt.duals(minimum.point()),
                Math.max(minimum.gap(), dual.value() - attained),
                minimum.steps());
    }

    /// φ(ω) = τ log Σ_i μ_i exp(Σ_s ω_s (A_s μ)_i / τ), whose gradient is what π(ω) gives to each
    /// stakeholder.
    private static final class Dual implements ConvexFunction {

        private final ReferenceTilt tilt;
        private final double tau;
        private double[] policy;
        private double value;

        Dual(ReferenceTilt tilt, double tau) {
            this.tilt = tilt;
            this.tau = tau;
            this.policy = new double[tilt.k];
        }

        @Override
        public double value() {
            return value;
        }

        @Override
        public boolean moveTo(double[] omega) {
            double[] logits = tilt.logits(omega, tau);
            value = tau * LogPolicies.logSumExp(logits, 0, tilt.k);
            policy = tilt.policy(logits);
            return true;
        }

        @Override
        public double[] gradient() {
            return tilt.utilities(policy);
        }

        @Override
        public double[] hessian() {
            int n = tilt.stakeholders;
            int k = tilt.k;
            double[] means = tilt.utilities(policy);
            var hessian = new double[n * n];
            for (int s = 0; s < n; s++) {
                for (int r = 0; r < n; r++) {
                    double covariance = 0;
                    for (int i = 0; i < k; i++) {
                        covariance +=
                                policy[i] * (tilt.margins[s * k + i] - means[s]) * (tilt.margins[r * k + i] - means[r]);
                    }
                    hessian[s * n + r] = covariance / tau;
                }
            }
            return hessian;
        }
    }
}
