package org.polyphony.games;

/// Solves the population game with a KL penalty towards a reference μ: the fixed point
/// π ∝ μ exp(A π / τ), which is the quantal response equilibrium at rationality 1/τ when μ is uniform.
///
/// Newton's method on the logits, G(l) = l − log μ − A π(l) / τ = 0. Its Jacobian is I − A D / τ with
/// D = diag(π) − π πᵀ; as A is skew and D positive semidefinite, A D has imaginary eigenvalues only, so
/// the Jacobian is never singular, the solution is unique for every τ > 0 and the sublevel sets of |G|
/// are bounded: the damped iteration converges from anywhere. τ comes down by halves from the size of
/// the margins, which saves steps.
///
/// Stateless; one dense K × K system per step.
///
/// @param tau KL weight τ, in units of preference per nat, > 0
public record RegularisedPopulationSolver(double tau) {

    private static final int STEPS_PER_STAGE = 100;
    private static final double CONVERGED = 1e-12;

    /// Validates τ.
    public RegularisedPopulationSolver {
        LogPolicies.requireTau(tau);
    }

    /// Solves one game among all its candidates; P as in [PopulationSolver#solve]. The gap of the answer
    /// is gap_τ, 2 τ KL(π ‖ BR_τ(π)); `iterations` counts Newton steps; converged means gap_τ ≤ 1e-12.
    ///
    /// @param logReference log μ in nats, finite, shape (k); normalised here
    public Equilibrium solve(double[] p, int k, double[] logReference) {
        Preferences.require(p, 1, k);
        double[] reference = LogPolicies.reference(logReference, k);
        var a = new double[k * k];
        double unit = Skew.payoff(p, 0, k, a);
        var state = new State(a, k, reference);
        int steps = 0;
        double stage = Math.max(tau, unit);
        while (true) {
            steps += state.solve(stage, stage == tau);
            if (stage == tau) {
                break;
            }
            stage = Math.max(tau, stage / 2);
        }
        double gap = 2 * tau * LogPolicies.divergence(state.logPolicy, 0, state.bestResponse(tau), k);
        return new Equilibrium(state.policy, gap, steps, gap <= CONVERGED);
    }

    /// Solves the game among the allowed candidates, with the reference conditioned on them; the others
    /// get exactly zero.
    ///
    /// @throws IllegalArgumentException if nothing is allowed: the caller refuses, there is no policy to
    ///     return
    public Equilibrium solve(double[] p, AllowedCandidates allowed, double[] logReference) {
        Preferences.requireSomeone(allowed);
        var solved = solve(allowed.restrictMatrices(p, 1), allowed.count(), allowed.restrict(logReference));
        return solved.withPolicy(allowed.expand(solved.policy(), 0));
    }

    /// The iterate: logits, the policy they stand for, and the residual G.
    private static final class State {

        private final double[] a;
        private final int k;
        private final double[] reference;
        private final double[] payoffs;
        private double[] logits;
        private double[] logPolicy;
        private double[] policy;
        private double[] residual;

        State(double[] a, int k, double[] reference) {
            this.a = a;
            this.k = k;
            this.reference = reference;
            this.payoffs = new double[k];
            this.logits = reference.clone();
            this.logPolicy = reference.clone();
            this.policy = new double[k];
            this.residual = new double[k];
            LogPolicies.exponentiate(logPolicy, 0, k, policy);
        }

        int solve(double tau, boolean last) {
            double norm = evaluate(logits, tau);
            int steps = 0;
            while (steps < STEPS_PER_STAGE && norm > 0) {
                double[] direction = newtonDirection(tau);
                double[] before = logits;
                double[] residualBefore = residual.clone();
                double reduced = norm;
                double length = 1;
                while (length > 1e-10) {
                    logits = step(before, direction, length);
                    reduced = evaluate(logits, tau);
                    if (reduced < norm * (1 - 1e-4 * length)) {
                        break;
                    }
                    length /= 2;
                }
                steps++;
                if (!(reduced < norm)) { // at the rounding floor
                    logits = before;
                    evaluate(logits, tau);
                    residual = residualBefore;
                    break;
                }
                norm = reduced;
                if (!last && norm < 1e-6) {
                    break;
                }
            }
            return steps;
        }

        /// Sets policy and residual from the logits; returns |G|.
        private double evaluate(double[] candidate, double tau) {
            logPolicy = candidate.clone();
            LogPolicies.normalise(logPolicy, 0, k);
            LogPolicies.exponentiate(logPolicy, 0, k, policy);
            Skew.multiply(a, k, policy, payoffs);
            double sum = 0;
            for (int i = 0; i < k; i++) {
                residual[i] = candidate[i] - reference[i] - payoffs[i] / tau;
                sum += residual[i] * residual[i];
            }
            return Math.sqrt(sum);
        }

        private double[] newtonDirection(double tau) {
            var jacobian = new double[k * k];
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    // (A D)_ij = π_j (A_ij − (A π)_i)
                    double value = -policy[j] * (a[i * k + j] - payoffs[i]) / tau;
                    jacobian[i * k + j] = i == j ? 1 + value : value;
                }
            }
            var negated = new double[k];
            for (int i = 0; i < k; i++) {
                negated[i] = -residual[i];
            }
            return new LinearSystem(jacobian, k).solve(negated);
        }

        private double[] step(double[] from, double[] direction, double length) {
            var moved = new double[k];
            for (int i = 0; i < k; i++) {
                moved[i] = from[i] + length * direction[i];
            }
            return moved;
        }

        /// Log-probabilities of BR_τ(π) ∝ μ exp(A π / τ).
        private double[] bestResponse(double tau) {
            Skew.multiply(a, k, policy, payoffs);
            var response = new double[k];
            for (int i = 0; i < k; i++) {
                response[i] = reference[i] + payoffs[i] / tau;
            }
            LogPolicies.normalise(response, 0, k);
            return response;
        }
    }
}
