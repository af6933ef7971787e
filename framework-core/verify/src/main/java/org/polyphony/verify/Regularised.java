package org.polyphony.verify;

import java.util.Arrays;

/// The closed forms of a game regularised towards the reference μ, which is normalised over the allowed candidates.
final class Regularised {

    private Regularised() {}

    /// max_x <x, a> - τ KL(x‖μ) = τ log Σ_i μ_i exp(a_i / τ), for τ > 0.
    ///
    /// The largest a_i is taken out of the logarithm first: nothing overflows, and for small τ nothing cancels.
    static double bestValue(PreferenceGame game, double[] advantage, double tau) {
        double total = total(game);
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < advantage.length; i++) {
            if (game.allowed(i) && game.reference(i) > 0) {
                largest = Math.max(largest, advantage[i]);
            }
        }
        var sum = new Sums();
        for (int i = 0; i < advantage.length; i++) {
            if (game.allowed(i) && game.reference(i) > 0) {
                sum.addProduct(game.reference(i) / total, Math.exp((advantage[i] - largest) / tau));
            }
        }
        return largest + tau * Math.log(sum.value());
    }

    /// KL(π‖μ) in nats; the policy has no mass where the reference has none.
    static double kl(PreferenceGame game, double[] policy) {
        double total = total(game);
        var sum = new Sums();
        for (int i = 0; i < policy.length; i++) {
            if (policy[i] > 0) {
                sum.addProduct(policy[i], Math.log(policy[i] / (game.reference(i) / total)));
            }
        }
        return sum.value();
    }

    /// ν_z ∝ μ_z exp((A_s x)_z / τ), the adversary's answer to the policy x.
    static double[] response(PreferenceGame game, double[] advantage, double tau) {
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

    /// μ among the allowed candidates.
    static double[] reference(PreferenceGame game) {
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

    private static double total(PreferenceGame game) {
        var sum = new Sums();
        for (int i = 0; i < game.candidates(); i++) {
            if (game.allowed(i)) {
                sum.add(game.reference(i));
            }
        }
        return sum.value();
    }
}
