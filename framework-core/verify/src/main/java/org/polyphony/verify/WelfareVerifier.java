package org.polyphony.verify;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Recomputes what a cooperative solution is worth: one policy chosen for all stakeholders together.
///
/// As in [Verifier], every number is one evaluation of a closed form, only allowed candidates play, methods
/// are pure, and what is wrong with the values comes back as [Certificate#violations()].
public final class WelfareVerifier {

    /// A policy this close to the reference, per candidate, is the reference.
    private static final double THE_REFERENCE = 1e-12;

    private WelfareVerifier() {}

    /// Certifies one policy as the Nash bargain, or, where it is the reference, that nothing makes
    /// everybody better off.
    ///
    /// @param policy π, shape (K)
    /// @param tau temperature of the adversary, > 0
    /// @param power b > 0, shape (S), divided by its mean: the stakeholders' bargaining power
    /// @param duals ν, shape (S, K), whose row sums are the weights ω of the bound on a joint improvement
    public static BargainingCertificate bargaining(
            PreferenceGame game, double[] policy, double tau, double[] power, double[][] duals) {
        var inputs = Inputs.of(game);
        inputs.checkPolicy("the policy", policy);
        inputs.checkDuals(duals);
        inputs.checkComparison(tau, new double[0]);
        inputs.checkPositive(tau);
        inputs.checkPower(power);
        int s = game.stakeholders();
        if (!inputs.valid()) {
            var none = Collections.nCopies(s, Double.NaN);
            return new BargainingCertificate(
                    tau, false, none, none, Double.NaN, Double.NaN, 1, Deployment.rejected(s), inputs.violations());
        }
        double[] mu = reference(game);
        double[][] atReference = Verifier.advantages(game, mu);
        double[][] advantages = Verifier.advantages(game, policy);
        var step = new double[policy.length];
        boolean improves = false;
        double distance = 0;
        for (int i = 0; i < step.length; i++) {
            step[i] = policy[i] - mu[i];
            distance += Math.abs(step[i]);
            improves |= Math.abs(step[i]) > THE_REFERENCE;
        }
        var disagreement = new double[s];
        var surplus = new double[s];
        double[] omega = shares(duals);
        var slope = new Sums[policy.length];
        Arrays.setAll(slope, _ -> new Sums());
        var gradient = new Sums[policy.length];
        Arrays.setAll(gradient, _ -> new Sums());
        double mean = Sums.sum(power) / s;
        double scale = 1;
        double smallest = Double.POSITIVE_INFINITY;
        for (int n = 0; n < s; n++) {
            // (πᵀA)_z = −(Aπ)_z, because A is skew
            disagreement[n] = -Regularised.bestValue(game, atReference[n], tau);
            surplus[n] = surplus(game, n, atReference[n], advantages[n], step, tau);
            smallest = Math.min(smallest, surplus[n]);
            double share = power[n] / mean;
            // A π is off by 3e-17, which moves ν by 6e-17 / τ of itself. A surplus is off by 3e-17 for μ, by 2e-16 for
            // every unit of |π − μ|, and for ν by 1e-16 / τ of that unit, but by no more than 1e-15: a log-sum-exp
            // moves no further than what it is of. It enters the gradient through 1/surplus², and A ν, which is off
            // by (1 + 1/τ) 1e-16, through 1/surplus
            double error = (0.3 + 2 * distance + Math.min(distance / tau, 10)) / 100;
            scale += share * (error / (2 * surplus[n] * surplus[n]) + (1 + 1 / tau) / (100 * surplus[n]));
            add(slope, omega[n], Verifier.advantage(game, n, response(game, atReference[n], tau)));
            add(gradient, share / surplus[n], Verifier.advantage(game, n, response(game, advantages[n], tau)));
        }
        double bound = frankWolfe(game, mu, slope);
        double gap = !improves ? bound : smallest > 0 ? frankWolfe(game, policy, gradient) : Double.POSITIVE_INFINITY;
        return new BargainingCertificate(
                tau,
                improves,
                Sums.list(disagreement),
                Sums.list(surplus),
                bound,
                gap,
                // ν at the reference is off by 2e-16 / τ of itself
                improves ? scale : Math.max(1, 0.1 / tau),
                Verifier.deployment(game, policy, false, advantages),
                inputs.violations());
    }

    /// Certifies one policy as the one whose worst-off stakeholder is best off.
    ///
    /// @param policy π, shape (K)
    /// @param tau weight of KL(π‖μ), 0 or above
    /// @param duals ν, shape (S, K), whose row sums are the adversary's weights ω over stakeholders
    public static MaxMinCertificate maxmin(PreferenceGame game, double[] policy, double tau, double[][] duals) {
        var inputs = Inputs.of(game);
        inputs.checkPolicy("the policy", policy);
        inputs.checkDuals(duals);
        inputs.checkComparison(tau, policy);
        int s = game.stakeholders();
        if (!inputs.valid()) {
            return new MaxMinCertificate(
                    tau,
                    Collections.nCopies(s, Double.NaN),
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Deployment.rejected(s),
                    inputs.violations());
        }
        double[][] margins = Verifier.advantages(game, reference(game));
        double[] omega = shares(duals);
        var mixed = new Sums[policy.length];
        Arrays.setAll(mixed, _ -> new Sums());
        var utility = new double[s];
        double worst = Double.POSITIVE_INFINITY;
        for (int n = 0; n < s; n++) {
            utility[n] = Verifier.dot(game, policy, margins[n]);
            worst = Math.min(worst, utility[n]);
            add(mixed, omega[n], margins[n]);
        }
        double[] objective = values(game, mixed);
        double value = tau > 0 ? worst - tau * Regularised.kl(game, policy) : worst;
        double bound = tau > 0 ? Regularised.bestValue(game, objective, tau) : Verifier.largest(objective);
        return new MaxMinCertificate(
                tau,
                Sums.list(utility),
                value,
                bound,
                bound - value,
                Verifier.deployment(game, policy, false, Verifier.advantages(game, policy)),
                inputs.violations());
    }

    /// Certifies one policy as leximin over unilateral gains.
    ///
    /// @param policy π, shape (K)
    /// @param levels the duals of each level, shape (S, K) each, summing to one; levels without any mass
    ///     are left out
    public static LeximinCertificate leximin(PreferenceGame game, double[] policy, List<double[][]> levels) {
        var inputs = Inputs.of(game);
        inputs.checkPolicy("the policy", policy);
        var proofs = levels.stream().filter(WelfareVerifier::hasMass).toList();
        proofs.forEach(inputs::checkDuals);
        int s = game.stakeholders();
        if (!inputs.valid()) {
            return new LeximinCertificate(List.of(), s, Double.NaN, Deployment.rejected(s), inputs.violations());
        }
        var deployment = Verifier.deployment(game, policy, false, Verifier.advantages(game, policy));
        var decided = new double[s];
        Arrays.fill(decided, Double.NaN);
        var values = new double[proofs.size()];
        double gap = 0;
        for (int level = 0; level < proofs.size(); level++) {
            double[][] duals = proofs.get(level);
            double[] shares = shares(duals);
            double free = 0;
            double largest = Double.NEGATIVE_INFINITY;
            var given = new Sums();
            for (int n = 0; n < s; n++) {
                if (Double.isNaN(decided[n])) {
                    free += shares[n];
                    largest = Math.max(largest, deployment.unilateralGain().get(n));
                } else {
                    given.addProduct(shares[n], decided[n]);
                }
            }
            values[level] = largest;
            double excess = largest - (Verifier.dualBound(game, duals) - given.value()) / free;
            for (int n = 0; n < s; n++) {
                if (Double.isNaN(decided[n]) && shares[n] > LeximinCertificate.DECIDING * free) {
                    decided[n] = largest;
                    gap = Math.max(gap, excess * free / shares[n]);
                }
            }
        }
        int undecided = (int) Arrays.stream(decided).filter(Double::isNaN).count();
        return new LeximinCertificate(
                Sums.list(values),
                undecided,
                undecided > 0 ? Double.POSITIVE_INFINITY : gap,
                deployment,
                inputs.violations());
    }

    /// Certifies one policy as the one whose largest group loss is smallest.
    ///
    /// @param policy π, shape (K), with mass wherever the reference has some
    /// @param tau weight of KL(π‖μ), > 0
    /// @param duals ν, shape (S, K), whose row sums are the weights α of the groups
    public static GroupRobustCertificate groupRobust(
            PreferenceGame game, double[] policy, double tau, double[][] duals) {
        var inputs = Inputs.of(game);
        inputs.checkPolicy("the policy", policy);
        inputs.checkDuals(duals);
        inputs.checkComparison(tau, policy);
        inputs.checkPositive(tau);
        inputs.checkSupport(policy);
        int s = game.stakeholders();
        if (!inputs.valid()) {
            return new GroupRobustCertificate(
                    tau,
                    Collections.nCopies(s, Double.NaN),
                    Double.NaN,
                    Double.NaN,
                    Deployment.rejected(s),
                    inputs.violations());
        }
        double[] mu = reference(game);
        double[][] margins = Verifier.advantages(game, mu);
        double[] alpha = shares(duals);
        var mixed = new Sums[policy.length];
        Arrays.setAll(mixed, _ -> new Sums());
        var losses = new double[s];
        var bound = new Sums();
        double largest = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < s; n++) {
            losses[n] = loss(game, n, mu, policy, tau);
            largest = Math.max(largest, losses[n]);
            bound.addProduct(alpha[n], loss(game, n, mu, mu, tau));
            add(mixed, alpha[n], margins[n]);
        }
        for (int i = 0; i < mu.length; i++) {
            bound.add(-2 * mu[i] * mixed[i].value() * mixed[i].value());
        }
        return new GroupRobustCertificate(
                tau,
                Sums.list(losses),
                bound.value(),
                largest - bound.value(),
                Verifier.deployment(game, policy, false, Verifier.advantages(game, policy)),
                inputs.violations());
    }

    // V_s(π) − V_s(μ) = −τ log Σ_z ν_z exp((A_s (π − μ))_z / τ) with ν the response to μ: small surpluses do not cancel
    private static double surplus(
            PreferenceGame game, int stakeholder, double[] atReference, double[] advantage, double[] step, double tau) {
        double[] nu = response(game, atReference, tau);
        double[] difference = Verifier.advantage(game, stakeholder, step);
        var sum = new Sums();
        double largest = 0;
        for (int z = 0; z < nu.length; z++) {
            if (game.allowed(z)) {
                largest = Math.max(largest, Math.abs(difference[z] / tau));
                sum.addProduct(nu[z], Math.expm1(difference[z] / tau));
            }
        }
        return largest <= 1
                ? -tau * Math.log1p(sum.value())
                : Regularised.bestValue(game, atReference, tau) - Regularised.bestValue(game, advantage, tau);
    }

    /// ν_z ∝ μ_z exp((A_s x)_z / τ), the adversary's answer to the policy x.
    private static double[] response(PreferenceGame game, double[] advantage, double tau) {
        var nu = new double[advantage.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int z = 0; z < nu.length; z++) {
            if (game.allowed(z) && game.reference(z) > 0) {
                largest = Math.max(largest, advantage[z]);
            }
        }
        for (int z = 0; z < nu.length; z++) {
            if (game.allowed(z)) {
                nu[z] = game.reference(z) * Math.exp((advantage[z] - largest) / tau);
            }
        }
        return normalised(nu);
    }

    /// Σ_ij μ_i μ_j (τ (h_i − h_j) − A[i,j])² over the candidates that the reference reaches.
    private static double loss(PreferenceGame game, int stakeholder, double[] mu, double[] policy, double tau) {
        var sum = new Sums();
        for (int i = 0; i < mu.length; i++) {
            for (int j = 0; j < mu.length; j++) {
                if (mu[i] > 0 && mu[j] > 0) {
                    double margin = tau * (Math.log(policy[i] / mu[i]) - Math.log(policy[j] / mu[j]));
                    double error = margin - (game.preference(stakeholder, i, j) - 0.5);
                    sum.addProduct(mu[i] * mu[j], error * error);
                }
            }
        }
        return sum.value();
    }

    /// max_i g_i − ⟨x, g⟩ over the allowed candidates.
    private static double frankWolfe(PreferenceGame game, double[] x, Sums[] gradient) {
        double[] values = values(game, gradient);
        return Verifier.largest(values) - Verifier.dot(game, x, values);
    }

    /// What was summed up, and minus infinity where no candidate is allowed.
    private static double[] values(PreferenceGame game, Sums[] sums) {
        var values = new double[sums.length];
        Arrays.setAll(values, i -> game.allowed(i) ? sums[i].value() : Double.NEGATIVE_INFINITY);
        return values;
    }

    private static void add(Sums[] sums, double factor, double[] values) {
        for (int i = 0; i < sums.length; i++) {
            if (values[i] > Double.NEGATIVE_INFINITY) {
                sums[i].addProduct(factor, values[i]);
            }
        }
    }

    private static boolean hasMass(double[][] duals) {
        return Arrays.stream(duals).flatMapToDouble(Arrays::stream).anyMatch(value -> value != 0);
    }

    private static double[] shares(double[][] duals) {
        return Arrays.stream(duals).mapToDouble(Sums::sum).toArray();
    }

    /// μ among the allowed candidates.
    private static double[] reference(PreferenceGame game) {
        var mu = new double[game.candidates()];
        Arrays.setAll(mu, i -> game.allowed(i) ? game.reference(i) : 0);
        return normalised(mu);
    }

    private static double[] normalised(double[] masses) {
        double total = Sums.sum(masses);
        for (int i = 0; i < masses.length; i++) {
            masses[i] /= total;
        }
        return masses;
    }
}
