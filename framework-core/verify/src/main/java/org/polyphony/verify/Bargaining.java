package org.polyphony.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// One policy that makes every stakeholder better off than the reference, and divides what is gained as Nash does; or
/// the reference itself, where nothing makes everybody better off.
///
/// V_s(π) = −τ log Σ_z μ_z exp(−(πᵀA_s)_z / τ) is what s can count on; its `surplus` is V_s(π) − V_s(μ), with
/// V_s(μ) the `disagreement`. No policy raises everybody by more than `bound` = max_i Σ_s ω_s ∇V_s(μ)_i − ⟨μ, Σ_s ω_s
/// ∇V_s(μ)⟩, with ω_s the mass of s in ν.
///
/// With a joint improvement (`improves` is 1) the gap is the Frank-Wolfe gap max_i ∇F_i − ⟨π, ∇F⟩ of F = Σ_s b_s log
/// surplus_s, which bounds how far F is from its largest value, infinite where a surplus is not positive; without one
/// it is `bound`. Bargaining power b may be equal or the stakeholders' weights: whichever the policy solves.
final class Bargaining implements Certifier {

    private static final Wording WORDING = new Wording(
            "bargaining",
            "Nash's bargain against the reference",
            "everybody is better off than under the reference, and the gain is divided as in Nash’s bargaining"
                    + " solution. Where nothing makes everybody better off the reference itself is deployed.",
            "what any other policy adds to the sum of the logarithms of what stakeholders gain or, where the"
                    + " reference is deployed, what any policy gives everybody");

    /// A policy this close to the reference, per candidate, is the reference.
    private static final double THE_REFERENCE = 1e-12;

    @Override
    public Wording wording() {
        return WORDING;
    }

    @Override
    public Evidence evidence() {
        return Evidence.DUALS;
    }

    @Override
    public Certificate certify(PreferenceGame game, Claim claim) {
        var equal = new double[game.stakeholders()];
        Arrays.fill(equal, 1);
        double tolerance = Certificate.tolerance(claim.tau());
        var certificate = certify(game, claim, equal);
        if (!certificate.valid() || certificate.proves(tolerance)) {
            return certificate;
        }
        var weights = new double[game.stakeholders()];
        Arrays.setAll(weights, game::weight);
        var weighted = certify(game, claim, weights);
        return weighted.proves(tolerance) ? weighted : certificate;
    }

    /// @param power b > 0, shape (S), divided by its mean: the stakeholders' bargaining power
    static Certificate certify(PreferenceGame game, Claim claim, double[] power) {
        double[] policy = claim.policy();
        double tau = claim.tau();
        var inputs = InputChecks.of(game);
        inputs.checkPolicy("the policy", policy);
        inputs.checkDuals(claim.nu());
        inputs.checkComparison(tau, new double[0]);
        inputs.checkPositive(tau);
        inputs.checkPower(power);
        if (!inputs.valid()) {
            return Certificate.rejected(game, inputs.violations());
        }
        int s = game.stakeholders();
        double[] mu = Regularised.reference(game);
        double[][] atReference = Advantages.all(game, mu);
        double[][] advantages = Advantages.all(game, policy);
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
        double[] omega = Advantages.shares(claim.nu());
        var slope = Advantages.sums(game);
        var gradient = Advantages.sums(game);
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
            var before = Regularised.response(game, atReference[n], tau);
            var after = Regularised.response(game, advantages[n], tau);
            Advantages.add(slope, omega[n], Advantages.of(game, n, before));
            Advantages.add(gradient, share / surplus[n], Advantages.of(game, n, after));
        }
        double bound = frankWolfe(game, mu, slope);
        double gap = !improves ? bound : smallest > 0 ? frankWolfe(game, policy, gradient) : Double.POSITIVE_INFINITY;
        // ν at the reference is off by 2e-16 / τ of itself
        double errors = improves ? scale : Math.max(1, 0.1 / tau);
        return Certificate.of(
                Certificate.Gaps.optimum(gap, Certificate.ROUNDING * Math.max(1, tau) * errors),
                Deployment.of(game, policy, advantages, false),
                Map.of(
                        "improves",
                        List.of(improves ? 1.0 : 0.0),
                        "disagreement",
                        Sums.list(disagreement),
                        "surplus",
                        Sums.list(surplus),
                        "bound",
                        List.of(bound)));
    }

    // V_s(π) − V_s(μ) = −τ log Σ_z ν_z exp((A_s (π − μ))_z / τ) with ν the response to μ: small surpluses do not cancel
    private static double surplus(
            PreferenceGame game, int stakeholder, double[] atReference, double[] advantage, double[] step, double tau) {
        double[] nu = Regularised.response(game, atReference, tau);
        double[] difference = Advantages.of(game, stakeholder, step);
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

    /// max_i g_i − ⟨x, g⟩ over the allowed candidates.
    private static double frankWolfe(PreferenceGame game, double[] x, Sums[] gradient) {
        double[] values = Advantages.values(game, gradient);
        return Advantages.largest(values) - Advantages.dot(game, x, values);
    }
}
