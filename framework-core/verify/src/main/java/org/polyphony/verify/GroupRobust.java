package org.polyphony.verify;

import java.util.List;
import java.util.Map;

/// One policy whose largest group loss is as small as possible, with `losses` L_s = Σ_ij μ_i μ_j (τ (h_i − h_j) −
/// A_s\[i,j\])², in squared preference, and h = log π − log μ.
///
/// No policy has a smaller largest loss than `bound` = min_h Σ_s α_s L_s(h) = Σ_s α_s c_s − 2 |Σ_s α_s A_s μ|²_μ, with
/// c_s = Σ_ij μ_i μ_j A_s\[i,j\]² and α_s the mass of s in ν. The gap is the largest loss minus `bound`.
final class GroupRobust implements Certifier {

    private static final Wording WORDING = new Wording(
            "group-robust",
            "The largest training loss as small as possible",
            "the largest of the groups’ training losses is as small as possible.",
            "how far the largest of the groups' losses at tau is above what the duals prove unavoidable");

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
        inputs.checkPositive(tau);
        inputs.checkSupport(policy);
        if (!inputs.valid()) {
            return Certificate.rejected(game, inputs.violations());
        }
        double[] mu = Regularised.reference(game);
        double[][] margins = Advantages.all(game, mu);
        double[] alpha = Advantages.shares(claim.nu());
        var mixed = Advantages.sums(game);
        var losses = new double[margins.length];
        var bound = new Sums();
        double largest = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < losses.length; n++) {
            losses[n] = loss(game, n, mu, policy, tau);
            largest = Math.max(largest, losses[n]);
            bound.addProduct(alpha[n], loss(game, n, mu, mu, tau));
            Advantages.add(mixed, alpha[n], margins[n]);
        }
        for (int i = 0; i < mu.length; i++) {
            bound.add(-2 * mu[i] * mixed[i].value() * mixed[i].value());
        }
        return Certificate.of(
                // logarithms of the policy are up to some hundred in size, and enter times τ
                Certificate.Gaps.optimum(largest - bound.value(), 100 * Certificate.ROUNDING * Math.max(1, tau)),
                Deployment.of(game, policy),
                Map.of("losses", Sums.list(losses), "bound", List.of(bound.value())));
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
}
