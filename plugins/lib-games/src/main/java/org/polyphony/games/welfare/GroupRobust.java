package org.polyphony.games.welfare;

import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.LogPolicies;
import org.polyphony.games.Preferences;
import org.polyphony.games.Skew;
import org.polyphony.games.Strategies;

/// Group-robust preference optimisation (Ramesh et al., arXiv 2405.20304; not *group relative* policy
/// optimisation): the policy whose largest group loss is smallest, with the identity-preference loss over
/// the whole tensor,
///
///     L_s(h) = Σ_ij μ_i μ_j (τ (h_i − h_j) − A_s[i,j])²,    h = log π − log μ,
///
/// which is τ² times the expected squared loss of IPO with soft labels. With m_s = A_s μ and c_s = Σ_ij μ_i
/// μ_j A_s[i,j]² it is L_s = 2 |τ h − m_s|²_μ + c_s − 2 |m_s|²_μ: how far the policy is from the group's
/// own, plus how far the group's preferences are from any scores at all. For group weights α the minimum
/// over h is in closed form, τ h = Σ_s α_s m_s, so that g(α) = Σ_s α_s c_s − 2 |Σ_s α_s m_s|²_μ bounds the
/// optimum from below and max_s L_s − g(α) is a certificate.
///
/// The paper moves α by exponentiated gradient, once per batch, along with the policy:
/// [#byExponentiatedGradient]. As g is a concave quadratic [#solve] maximises it by [SimplexInteriorPoint]
/// instead, to a gap at rounding level.
///
/// **Differences from the paper.** Labels are soft, so the constant Σ μ_i μ_j P (1 − P) of hard labels,
/// which would give weight to whoever judges most noisily, is left out. Neither of its optional
/// adjustments, adj_g / √n_g added to the loss and the factor N / n_g, is applied: they need counts of
/// judgments, which a preference tensor does not have.
///
/// In the answer `values` are the losses L_s of the policy, in squared preference; `gap` has the same units;
/// `duals` are α_s μ_j. Where τ is so small that the optimum has less mass on a candidate than a number can
/// hold, some e^−745, its loss is not finite, nor is the gap.
///
/// Stateless.
///
/// @param tau weight of the KL divergence from the reference in the groups' own optimum, > 0
public record GroupRobust(double tau) {

    private static final double TOLERANCE = 1e-14;

    /// Validates τ.
    public GroupRobust {
        LogPolicies.requireTau(tau);
    }

    /// Solves one game among all its candidates.
    ///
    /// @param p preferences, shape (stakeholders, k, k)
    /// @param logReference log μ in nats, finite, shape (k); normalised here
    public WelfareSolution solve(double[] p, int stakeholders, int k, double[] logReference) {
        var dual = dual(p, stakeholders, k, logReference);
        var minimum = SimplexInteriorPoint.minimise(dual, Strategies.uniform(stakeholders), TOLERANCE);
        return dual.answer(minimum.point(), tau, minimum.steps());
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

    /// The paper's dynamics with the policy at its best response: α_s ← α_s exp(step · L_s), normalised,
    /// from equal weights. Converges in value where step is at most 1, the inverse curvature of g.
    ///
    /// @param step > 0
    public WelfareSolution byExponentiatedGradient(
            double[] p, int stakeholders, int k, double[] logReference, double step, int iterations) {
        var dual = dual(p, stakeholders, k, logReference);
        double[] alpha = Strategies.uniform(stakeholders);
        for (int t = 0; t < iterations; t++) {
            dual.moveTo(alpha);
            var logits = new double[stakeholders];
            for (int s = 0; s < stakeholders; s++) {
                logits[s] = Math.log(alpha[s]) + step * dual.losses[s];
            }
            LogPolicies.normalise(logits, 0, stakeholders);
            LogPolicies.exponentiate(logits, 0, stakeholders, alpha);
        }
        return dual.answer(alpha, tau, iterations);
    }

    private static Dual dual(double[] p, int stakeholders, int k, double[] logReference) {
        Preferences.require(p, stakeholders, k);
        return new Dual(new ReferenceTilt(
                Skew.payoffs(p, stakeholders, k), stakeholders, k, LogPolicies.reference(logReference, k)));
    }

    /// −g(α), whose gradient is −L_s(h(α)) up to what is the same for every s.
    private static final class Dual implements ConvexFunction {

        private final ReferenceTilt tilt;

        /// c_s.
        private final double[] squares;

        /// ⟨m_s, m_r⟩_μ.
        private final double[] products;

        private double[] losses;
        private double[] gradient;
        private double value;

        Dual(ReferenceTilt tilt) {
            this.tilt = tilt;
            int n = tilt.stakeholders;
            int k = tilt.k;
            this.squares = new double[n];
            this.products = new double[n * n];
            this.losses = new double[n];
            this.gradient = new double[n];
            for (int s = 0; s < n; s++) {
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < k; j++) {
                        double margin = tilt.a[(s * k + i) * k + j];
                        squares[s] += tilt.mu[i] * tilt.mu[j] * margin * margin;
                    }
                    for (int r = 0; r < n; r++) {
                        products[s * n + r] += tilt.mu[i] * tilt.margins[s * k + i] * tilt.margins[r * k + i];
                    }
                }
            }
        }

        WelfareSolution answer(double[] alpha, double tau, int iterations) {
            moveTo(alpha);
            double[] policy = tilt.policy(alpha, tau);
            double[] attained = losses(policy, tau);
            // −value is g(α), which no policy's largest loss is below
            return WelfareSolution.of(
                    policy, attained, tilt.duals(alpha), Strategies.max(attained) + value, iterations);
        }

        /// L_s = 2 |τ h − m_s|²_μ + c_s − 2 |m_s|²_μ of a policy, with h = log π − log μ less its mean.
        private double[] losses(double[] policy, double tau) {
            int k = tilt.k;
            var h = new double[k];
            double mean = 0;
            for (int i = 0; i < k; i++) {
                h[i] = tau * (Math.log(policy[i]) - tilt.logReference[i]);
                mean += tilt.mu[i] * h[i];
            }
            var attained = squares.clone();
            for (int s = 0; s < attained.length; s++) {
                for (int i = 0; i < k; i++) {
                    double margin = tilt.margins[s * k + i];
                    attained[s] += 2 * tilt.mu[i] * ((h[i] - mean - margin) * (h[i] - mean - margin) - margin * margin);
                }
                attained[s] = Double.isNaN(attained[s]) ? Double.POSITIVE_INFINITY : attained[s];
            }
            return attained;
        }

        @Override
        public boolean moveTo(double[] alpha) {
            int n = alpha.length;
            double norm = 0;
            var cross = new double[n];
            for (int s = 0; s < n; s++) {
                for (int r = 0; r < n; r++) {
                    cross[s] += alpha[r] * products[s * n + r];
                }
                norm += alpha[s] * cross[s];
            }
            losses = new double[n];
            gradient = new double[n];
            for (int s = 0; s < n; s++) {
                gradient[s] = 4 * cross[s] - squares[s];
                losses[s] = 2 * norm - gradient[s];
            }
            value = 2 * norm;
            for (int s = 0; s < n; s++) {
                value -= alpha[s] * squares[s];
            }
            return true;
        }

        @Override
        public double value() {
            return value;
        }

        @Override
        public double[] gradient() {
            return gradient;
        }

        @Override
        public double[] hessian() {
            var hessian = products.clone();
            Strategies.scale(hessian, hessian.length, 4);
            return hessian;
        }
    }
}
