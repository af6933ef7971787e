package org.polyphony.verify;

import java.util.List;
import java.util.Map;

/// One policy against itself on the weighted mixture of preferences.
///
/// The gap is the duality gap 2 e with `exploitability` e = max_i (Ā π)_i; at τ that of the game regularised towards
/// the reference, 2 [τ LSE(log μ + P̄π/τ) + τ KL(π‖μ) - 1/2].
final class Population implements Certifier {

    private static final Wording WORDING = new Wording(
            "population",
            "The maximal lottery of the weighted population",
            "wins at least half of the weighted stakeholders against any other answer.",
            "twice what any other answer wins of the weighted stakeholders beyond one half",
            "the same where every nat of divergence from the reference costs tau");

    @Override
    public Wording wording() {
        return WORDING;
    }

    @Override
    public Evidence evidence() {
        return Evidence.NONE;
    }

    @Override
    public Certificate certify(PreferenceGame game, Claim claim) {
        double[] policy = claim.policy();
        double tau = claim.tau();
        var inputs = InputChecks.of(game);
        inputs.checkPolicy("the policy", policy);
        inputs.checkReference(tau, policy);
        if (!inputs.valid()) {
            return Certificate.rejected(game, inputs.violations());
        }
        double[][] advantages = Advantages.all(game, policy);
        double[] mixed = Advantages.mixed(game, advantages);
        double exploitability = Advantages.largest(mixed);
        double gap = 2 * exploitability;
        // <π, Aπ> = 0, so the regularised value of π against itself is the entropy term alone
        double gapTau =
                tau > 0 ? 2 * (Regularised.bestValue(game, mixed, tau) + tau * Regularised.kl(game, policy)) : gap;
        return Certificate.of(
                new Certificate.Gaps(gap, gapTau, gapTau, Certificate.ROUNDING * Math.max(1, tau)),
                Deployment.of(game, policy, advantages, false),
                Map.of("exploitability", List.of(exploitability)));
    }
}
