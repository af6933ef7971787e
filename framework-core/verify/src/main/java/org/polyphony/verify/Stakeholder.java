package org.polyphony.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Every stakeholder owns a policy and answers the others', who all weigh the same as opponents; see [Equilibrium].
///
/// The gaps are sums over stakeholders, the residual is the largest gain at τ. What is certified is the mixture of the
/// profile, whatever policy the claim says is deployed; see [Certificate#speaksOf].
final class Stakeholder implements Certifier {

    private static final Wording WORDING = new Wording(
            "stakeholder",
            "A policy for each stakeholder",
            "every stakeholder owns a policy and none gains by changing its own alone; their mixture is deployed.",
            "what all stakeholders together gain, each by changing its own policy alone",
            "the same where every nat of divergence from the reference costs its owner tau; no single gain is larger"
                    + " than the tolerance");

    @Override
    public Wording wording() {
        return WORDING;
    }

    @Override
    public Evidence evidence() {
        return Evidence.PROFILE;
    }

    @Override
    public Certificate certify(PreferenceGame game, Claim claim) {
        int s = game.stakeholders();
        var opponents = new double[s][s];
        for (int i = 0; i < s; i++) {
            Arrays.fill(opponents[i], 1.0 / (s - 1));
            opponents[i][i] = 0;
        }
        return certify(game, claim, opponents);
    }

    /// The same with other opponents.
    ///
    /// @param opponents λ, shape (S, S): row s says how much each other stakeholder counts as an opponent of s
    static Certificate certify(PreferenceGame game, Claim claim, double[][] opponents) {
        double[][] profile = claim.profile();
        double tau = claim.tau();
        var inputs = InputChecks.of(game);
        inputs.checkProfile(profile);
        inputs.checkReference(tau, profile);
        if (game.stakeholders() > 1) {
            inputs.checkOpponents(opponents);
        }
        if (!inputs.valid()) {
            return Certificate.rejected(game, inputs.violations());
        }
        int s = game.stakeholders();
        var nashConv = new double[s];
        var gain = new double[s];
        var payoff = new double[s];
        for (int i = 0; i < s; i++) {
            double[] advantage = Advantages.of(game, i, average(opponents[i], profile));
            double own = Advantages.dot(game, profile[i], advantage);
            payoff[i] = 0.5 + own;
            gain[i] = Advantages.largest(advantage) - own;
            nashConv[i] = tau > 0
                    ? Regularised.bestValue(game, advantage, tau) - own + tau * Regularised.kl(game, profile[i])
                    : gain[i];
        }
        var weights = new double[s];
        Arrays.setAll(weights, game::weight);
        double[] mixture = average(weights, profile);
        double delta = largestDisagreement(game);
        // the proof of uniqueness pairs the terms (s, r) and (r, s), so it needs equal weights
        var equilibrium = new Equilibrium(
                Sums.list(nashConv),
                Sums.list(gain),
                Sums.list(payoff),
                delta,
                tau > delta / 2 && sameWeights(opponents));
        return new Certificate(
                new Certificate.Gaps(
                        Arrays.stream(gain).reduce(0, Double::sum),
                        Arrays.stream(nashConv).reduce(0, Double::sum),
                        Advantages.largest(nashConv),
                        Certificate.ROUNDING * Math.max(1, tau)),
                Optional.of(equilibrium),
                Deployment.of(game, mixture, Advantages.all(game, mixture), true),
                new TreeMap<>(),
                List.of());
    }

    private static double[] average(double[] weights, double[][] profile) {
        var mean = new double[profile[0].length];
        for (int i = 0; i < mean.length; i++) {
            var sum = new Sums();
            for (int s = 0; s < weights.length; s++) {
                sum.addProduct(weights[s], profile[s][i]);
            }
            mean[i] = sum.value();
        }
        return mean;
    }

    /// Δ = max over pairs of stakeholders and allowed candidates of |P_s - P_r|.
    private static double largestDisagreement(PreferenceGame game) {
        double delta = 0;
        for (int i = 0; i < game.candidates(); i++) {
            for (int j = 0; j < game.candidates(); j++) {
                if (game.allowed(i) && game.allowed(j)) {
                    double low = Double.POSITIVE_INFINITY;
                    double high = Double.NEGATIVE_INFINITY;
                    for (int s = 0; s < game.stakeholders(); s++) {
                        low = Math.min(low, game.preference(s, i, j));
                        high = Math.max(high, game.preference(s, i, j));
                    }
                    delta = Math.max(delta, high - low);
                }
            }
        }
        return delta;
    }

    private static boolean sameWeights(double[][] opponents) {
        double each = 1.0 / (opponents.length - 1);
        for (int s = 0; s < opponents.length; s++) {
            for (int r = 0; r < opponents.length; r++) {
                if (s != r && Math.abs(opponents[s][r] - each) > InputChecks.TOLERANCE) {
                    return false;
                }
            }
        }
        return true;
    }
}
