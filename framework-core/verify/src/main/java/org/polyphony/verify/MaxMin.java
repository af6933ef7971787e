package org.polyphony.verify;

import java.util.List;
import java.util.Map;

/// One policy whose worst-off stakeholder is as well off as possible.
///
/// `advantage` is U_s = πᵀ A_s μ, how much more often than half the time s prefers the policy to the reference, and
/// `value` is min_s U_s − τ KL(π‖μ). No policy has a larger value than `bound` = τ log Σ_i μ_i exp(Σ_s ω_s (A_s μ)_i /
/// τ), or the largest entry at τ = 0, with ω_s the mass of s in ν. The gap is `bound` − `value`.
final class MaxMin implements Certifier {

    private static final Wording WORDING = new Wording(
            "maxmin",
            "The worst-off stakeholder as well off as possible",
            "the stakeholder who prefers the policy to the reference least often does so as often as possible.",
            "how far what the worst-off stakeholder has, less tau for every nat of divergence from the reference, is"
                    + " below what the duals prove possible");

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
        double[] policy = claim.policy();
        double tau = claim.tau();
        var inputs = InputChecks.of(game);
        inputs.checkPolicy("the policy", policy);
        inputs.checkDuals(claim.nu());
        inputs.checkComparison(tau, policy);
        if (!inputs.valid()) {
            return Certificate.rejected(game, inputs.violations());
        }
        double[][] margins = Advantages.all(game, Regularised.reference(game));
        double[] omega = Advantages.shares(claim.nu());
        var mixed = Advantages.sums(game);
        var advantage = new double[margins.length];
        double worst = Double.POSITIVE_INFINITY;
        for (int n = 0; n < margins.length; n++) {
            advantage[n] = Advantages.dot(game, policy, margins[n]);
            worst = Math.min(worst, advantage[n]);
            Advantages.add(mixed, omega[n], margins[n]);
        }
        double[] objective = Advantages.values(game, mixed);
        double value = tau > 0 ? worst - tau * Regularised.kl(game, policy) : worst;
        double bound = tau > 0 ? Regularised.bestValue(game, objective, tau) : Advantages.largest(objective);
        return Certificate.of(
                Certificate.Gaps.optimum(bound - value, Certificate.ROUNDING * Math.max(1, tau)),
                Deployment.of(game, policy),
                Map.of("advantage", Sums.list(advantage), "value", List.of(value), "bound", List.of(bound)));
    }
}
