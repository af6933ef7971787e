package org.polyphony.games.welfare;

import java.util.Arrays;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.LogPolicies;
import org.polyphony.games.MatrixGameSolver;
import org.polyphony.games.Preferences;
import org.polyphony.games.Skew;
import org.polyphony.games.Strategies;

/// The Nash bargaining solution over policies (Nash 1950; for preference games the preprint NBPO, which is
/// not peer reviewed): π maximises F = Σ_s b_s log(V_s(π) − V_s(μ)), where V_s is what s can count on
/// against an adversary whom τ keeps near the reference,
///
///     V_s(π) = min_ν [πᵀ A_s ν + τ KL(ν‖μ)] = −τ log Σ_z μ_z exp(−(πᵀA_s)_z / τ),    ∇V_s = A_s ν_s.
///
/// Everybody gets more than the reference gives them, nothing is wasted, and rescaling one stakeholder's
/// values changes nothing. Whether that is possible is decided first: V_s is concave, so a policy that
/// improves everybody exists exactly when the matrix game max_π min_s ⟨∇V_s(μ), π − μ⟩ has a positive value
/// v. If v ≤ 5e-7 the answer is μ itself, with `improves` false and the adversary ω of that game as duals:
/// no policy raises everybody by more than max_i Σ_s ω_s ∇V_s(μ)_i − ⟨μ, Σ_s ω_s ∇V_s(μ)⟩ = v. Otherwise
/// [SimplexInteriorPoint] maximises F.
///
/// Surpluses are computed as −τ log1p(Σ_z ν_z expm1(·)), without the cancellation of two values. Still,
/// where v is below about 1e-4 surpluses are so small (of the order of τ v²), and where τ is below about
/// 1e-7 the adversary turns on differences so small, that rounding may hide a gap; what it may hide counts
/// as part of the gap.
///
/// In the answer `values` are the surpluses; `gap` is the Frank-Wolfe gap max_i ∇F_i − ⟨π, ∇F⟩ ≥ F* − F and
/// what rounding may hide of it, or v; `duals` are ω_s ν_s\[z\] with ω_s ∝ b_s / surplus_s, the weights
/// for which the utilitarian optimum is the bargain.
///
/// Stateless.
///
/// @param tau the KL weight of the adversary, β in NBPO, > 0
public record NashBargaining(double tau) {

    /// A joint improvement smaller than this, as a probability, is none.
    static final double NO_IMPROVEMENT = 5e-7;

    private static final double TOLERANCE = 1e-12;

    /// Validates τ.
    public NashBargaining {
        LogPolicies.requireTau(tau);
    }

    /// Solves one game among all its candidates.
    ///
    /// @param p preferences, shape (stakeholders, k, k)
    /// @param power b, the stakeholders' bargaining power, positive, shape (stakeholders); divided by its
    ///     mean here, so that equal powers are all 1
    /// @param logReference log μ in nats, shape (k); −∞ where μ has no mass
    public WelfareSolution solve(double[] p, int stakeholders, int k, double[] power, double[] logReference) {
        Preferences.require(p, stakeholders, k);
        double[] share = Preferences.normalise(power, stakeholders);
        if (Arrays.stream(share).min().orElseThrow() <= 0) {
            throw new IllegalArgumentException("a stakeholder has no bargaining power; leave it out of the game");
        }
        Strategies.scale(share, stakeholders, stakeholders);
        var welfare =
                new Welfare(Skew.payoffs(p, stakeholders, k), stakeholders, k, share, reference(logReference, k), tau);
        var improvement = welfare.improvement();
        if (improvement.value() <= NO_IMPROVEMENT) {
            return new WelfareSolution(
                    welfare.mu,
                    new double[stakeholders],
                    welfare.spread(improvement.rowStrategy(), welfare.adversary),
                    improvement.value() + improvement.gap() + Math.max(2e-14, 2e-15 / tau),
                    false,
                    improvement.pivots(),
                    true);
        }
        var minimum = SimplexInteriorPoint.minimise(welfare, welfare.start(improvement.columnStrategy()), TOLERANCE);
        var shares = new double[stakeholders];
        for (int s = 0; s < stakeholders; s++) {
            shares[s] = share[s] / welfare.surplus[s];
        }
        return WelfareSolution.of(
                minimum.point(),
                welfare.surplus.clone(),
                welfare.spread(Preferences.normalise(shares, stakeholders), welfare.nu),
                minimum.gap() + welfare.rounding(minimum.point()),
                minimum.steps());
    }

    /// Solves the game among the allowed candidates, with the reference conditioned on them; the others get
    /// exactly zero.
    ///
    /// @throws IllegalArgumentException if nothing is allowed: the caller refuses, there is no policy to
    ///     return
    public WelfareSolution solve(
            double[] p, int stakeholders, AllowedCandidates allowed, double[] power, double[] logReference) {
        Preferences.requireSomeone(allowed);
        return solve(
                        allowed.restrictMatrices(p, stakeholders),
                        stakeholders,
                        allowed.count(),
                        power,
                        allowed.restrict(logReference))
                .expand(allowed);
    }

    private static double[] reference(double[] logReference, int k) {
        double[] normalised = logReference.clone();
        LogPolicies.normalise(normalised, 0, k);
        for (double value : normalised) {
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException(
                        "the reference policy gives no mass to any allowed candidate; give it some");
            }
        }
        return normalised;
    }

    /// −F, with everything that is known about the game at the reference.
    private static final class Welfare implements ConvexFunction {

        private final double[] a;
        private final int stakeholders;
        private final int k;
        private final double[] share;
        private final double tau;
        private final double[] mu;

        /// log ν_s and ν_s at the reference, shape (S, K).
        private final double[] logAdversary;

        private final double[] adversary;

        /// At the last point: the surpluses, ν_s and ∇V_s = A_s ν_s.
        private final double[] surplus;

        private final double[] nu;
        private final double[] slopes;

        Welfare(double[] a, int stakeholders, int k, double[] share, double[] logReference, double tau) {
            this.a = a;
            this.stakeholders = stakeholders;
            this.k = k;
            this.share = share;
            this.tau = tau;
            this.mu = new double[k];
            LogPolicies.exponentiate(logReference, 0, k, mu);
            this.logAdversary = new double[stakeholders * k];
            this.adversary = new double[stakeholders * k];
            for (int s = 0; s < stakeholders; s++) {
                // (μᵀA_s)_z = −(A_s μ)_z
                Skew.multiply(a, s * k * k, k, mu, 0, logAdversary, s * k);
                for (int z = 0; z < k; z++) {
                    logAdversary[s * k + z] = logReference[z] + logAdversary[s * k + z] / tau;
                }
                LogPolicies.normalise(logAdversary, s * k, k);
            }
            LogPolicies.exponentiate(logAdversary, 0, stakeholders * k, adversary);
            this.surplus = new double[stakeholders];
            this.nu = adversary.clone();
            this.slopes = new double[stakeholders * k];
        }

        /// The game of the slopes at the reference: the policy (columns) against the stakeholder who gains
        /// least (rows). Its value is negated back to max_π min_s ⟨∇V_s(μ), π − μ⟩.
        MatrixGameSolver.Saddle improvement() {
            var losses = new double[stakeholders * k];
            for (int s = 0; s < stakeholders; s++) {
                Skew.multiply(a, s * k * k, k, adversary, s * k, losses, s * k);
                double mean = 0;
                for (int i = 0; i < k; i++) {
                    mean += mu[i] * losses[s * k + i];
                }
                for (int i = 0; i < k; i++) {
                    losses[s * k + i] = mean - losses[s * k + i];
                }
            }
            var saddle = new MatrixGameSolver().solve(losses, stakeholders, k);
            return new MatrixGameSolver.Saddle(
                    saddle.rowStrategy(), saddle.columnStrategy(), -saddle.value(), saddle.gap(), saddle.pivots());
        }

        /// A policy between the reference and `direction`, all entries > 0, with every surplus > 0 and the
        /// smallest one large: `direction` keeps half of its slope when it is mixed with some of the
        /// uniform policy.
        double[] start(double[] direction) {
            double steepest = Double.POSITIVE_INFINITY;
            double flat = Double.POSITIVE_INFINITY;
            var slope = new double[k];
            for (int s = 0; s < stakeholders; s++) {
                Skew.multiply(a, s * k * k, k, adversary, s * k, slope, 0);
                double along = 0;
                double uniform = 0;
                for (int i = 0; i < k; i++) {
                    along += slope[i] * (direction[i] - mu[i]);
                    uniform += slope[i] * (1.0 / k - mu[i]);
                }
                steepest = Math.min(steepest, along);
                flat = Math.min(flat, uniform);
            }
            double spread = Math.min(0.1, 0.5 * steepest / (steepest + Math.abs(flat)));
            double[] best = mu;
            double largest = 0;
            for (double length = 1; length > 1e-12 && (largest == 0 || length > 1e-2); length /= 2) {
                var point = new double[k];
                for (int i = 0; i < k; i++) {
                    point[i] = (1 - length) * mu[i] + length * ((1 - spread) * direction[i] + spread / k);
                }
                if (moveTo(point)) {
                    double smallest = Arrays.stream(surplus).min().orElseThrow();
                    if (smallest > largest) {
                        largest = smallest;
                        best = point;
                    }
                }
            }
            return best;
        }

        /// What rounding may hide of the gap at a point that was moved to, measured here and once more
        /// by whoever certifies it. A surplus is off by 6e-17 for μ, by 4e-16 for every unit of |π − μ|,
        /// and for ν_s by 2e-16 / τ of that unit, at most 2e-15; it enters the gradient as 1/surplus².
        /// A_s ν_s is off by (1 + 1/τ) 2e-16 and enters as 1/surplus.
        double rounding(double[] point) {
            double distance = 0;
            for (int i = 0; i < k; i++) {
                distance += Math.abs(point[i] - mu[i]);
            }
            double error = 6e-17 + 4e-16 * distance + 2e-16 * Math.min(distance / tau, 10);
            double hidden = 0;
            for (int s = 0; s < stakeholders; s++) {
                hidden += share[s] * (error / (2 * surplus[s] * surplus[s]) + (1 + 1 / tau) * 2e-16 / surplus[s]);
            }
            return hidden * Math.max(1, tau);
        }

        double[] spread(double[] omega, double[] adversaries) {
            var duals = new double[stakeholders * k];
            for (int s = 0; s < stakeholders; s++) {
                for (int z = 0; z < k; z++) {
                    duals[s * k + z] = omega[s] * adversaries[s * k + z];
                }
            }
            return duals;
        }

        @Override
        public boolean moveTo(double[] point) {
            var step = new double[k];
            for (int i = 0; i < k; i++) {
                step[i] = point[i] - mu[i];
            }
            boolean everybodyGains = true;
            for (int s = 0; s < stakeholders; s++) {
                int from = s * k;
                Skew.multiply(a, from * k, k, step, 0, nu, from);
                double largest = 0;
                double sum = 0;
                for (int z = 0; z < k; z++) {
                    nu[from + z] /= tau;
                    largest = Math.max(largest, Math.abs(nu[from + z]));
                    sum += adversary[from + z] * Math.expm1(nu[from + z]);
                }
                for (int z = 0; z < k; z++) {
                    nu[from + z] += logAdversary[from + z];
                }
                // expm1 keeps small surpluses exact; the log-sum-exp of large ones cannot overflow
                surplus[s] = -tau * (largest < 1 ? Math.log1p(sum) : LogPolicies.logSumExp(nu, from, k));
                everybodyGains &= surplus[s] > 0;
                LogPolicies.normalise(nu, from, k);
            }
            LogPolicies.exponentiate(nu, 0, nu.length, nu);
            for (int s = 0; s < stakeholders; s++) {
                Skew.multiply(a, s * k * k, k, nu, s * k, slopes, s * k);
            }
            return everybodyGains;
        }

        @Override
        public double value() {
            double value = 0;
            for (int s = 0; s < stakeholders; s++) {
                value -= share[s] * Math.log(surplus[s]);
            }
            return value;
        }

        @Override
        public double[] gradient() {
            var gradient = new double[k];
            for (int s = 0; s < stakeholders; s++) {
                for (int i = 0; i < k; i++) {
                    gradient[i] -= share[s] * slopes[s * k + i] / surplus[s];
                }
            }
            return gradient;
        }

        // Σ_s b_s (∇V_s ∇V_sᵀ / u_s² + A_s (diag ν_s − ν_s ν_sᵀ) A_sᵀ / (τ u_s))
        @Override
        public double[] hessian() {
            var hessian = new double[k * k];
            for (int s = 0; s < stakeholders; s++) {
                double outer = share[s] / (surplus[s] * surplus[s]);
                double curvature = share[s] / (surplus[s] * tau);
                for (int i = 0; i < k; i++) {
                    int row = (s * k + i) * k;
                    for (int j = 0; j <= i; j++) {
                        int other = (s * k + j) * k;
                        double covariance = 0;
                        for (int z = 0; z < k; z++) {
                            covariance += nu[s * k + z]
                                    * (a[row + z] - slopes[s * k + i])
                                    * (a[other + z] - slopes[s * k + j]);
                        }
                        hessian[i * k + j] += outer * slopes[s * k + i] * slopes[s * k + j] + curvature * covariance;
                    }
                }
            }
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < i; j++) {
                    hessian[j * k + i] = hessian[i * k + j];
                }
            }
            return hessian;
        }
    }
}
