package org.polyphony.verify;

import java.util.Arrays;
import java.util.Collections;

/// Recomputes what a result is worth, from the game and the result alone.
///
/// Nothing here searches, iterates or optimises: every number is one evaluation of a closed form, with A =
/// P - 1/2 and only allowed candidates playing. Methods are pure, may be called from any thread, and do not
/// throw for bad values; those come back as [Certificate#violations()].
public final class Verifier {

    private Verifier() {}

    /// Certifies one policy as a solution of the `population` game without regularisation.
    ///
    /// @param policy π, shape (K)
    public static PopulationCertificate population(PreferenceGame game, double[] policy) {
        return population(game, policy, 0);
    }

    /// Certifies one policy as a solution of the `population` game at temperature τ.
    ///
    /// @param policy π, shape (K)
    /// @param tau weight of KL(π‖μ), 0 or above
    public static PopulationCertificate population(PreferenceGame game, double[] policy, double tau) {
        var inputs = Inputs.of(game);
        inputs.checkPolicy("the policy", policy);
        inputs.checkReference(tau, policy);
        if (!inputs.valid()) {
            return new PopulationCertificate(
                    Double.NaN,
                    Double.NaN,
                    tau,
                    Double.NaN,
                    Deployment.rejected(game.stakeholders()),
                    inputs.violations());
        }
        double[][] advantages = advantages(game, policy);
        double[] mixed = mix(game, advantages);
        double exploitability = largest(mixed);
        double gap = 2 * exploitability;
        // <π, Aπ> = 0, so the regularised value of π against itself is the entropy term alone
        double gapTau =
                tau > 0 ? 2 * (Regularised.bestValue(game, mixed, tau) + tau * Regularised.kl(game, policy)) : gap;
        return new PopulationCertificate(
                exploitability, gap, tau, gapTau, deployment(game, policy, false, advantages), inputs.violations());
    }

    /// Certifies a profile as an equilibrium of the `stakeholder` game in which every opponent weighs the
    /// same.
    ///
    /// @param profile π_s, shape (S, K)
    /// @param tau weight of KL(π_s‖μ), 0 or above
    public static StakeholderCertificate stakeholder(PreferenceGame game, double[][] profile, double tau) {
        int s = game.stakeholders();
        if (s == 1) {
            return rejected(game, tau, profileInputs(game, profile, tau));
        }
        var opponents = new double[s][s];
        for (int i = 0; i < s; i++) {
            Arrays.fill(opponents[i], 1.0 / (s - 1));
            opponents[i][i] = 0;
        }
        return stakeholder(game, profile, tau, opponents);
    }

    /// Certifies a profile as an equilibrium of the `stakeholder` game.
    ///
    /// @param profile π_s, shape (S, K)
    /// @param tau weight of KL(π_s‖μ), 0 or above
    /// @param opponents λ, shape (S, S): row s says how much each other stakeholder counts as an opponent
    ///     of s
    public static StakeholderCertificate stakeholder(
            PreferenceGame game, double[][] profile, double tau, double[][] opponents) {
        var inputs = profileInputs(game, profile, tau);
        inputs.checkOpponents(opponents);
        if (!inputs.valid()) {
            return rejected(game, tau, inputs);
        }
        int s = game.stakeholders();
        var nashConv = new double[s];
        var gain = new double[s];
        var payoff = new double[s];
        for (int i = 0; i < s; i++) {
            double[] advantage = advantage(game, i, average(opponents[i], profile));
            double own = dot(game, profile[i], advantage);
            payoff[i] = 0.5 + own;
            gain[i] = largest(advantage) - own;
            nashConv[i] = tau > 0
                    ? Regularised.bestValue(game, advantage, tau) - own + tau * Regularised.kl(game, profile[i])
                    : gain[i];
        }
        var weights = new double[s];
        for (int i = 0; i < s; i++) {
            weights[i] = game.weight(i);
        }
        double[] mixture = average(weights, profile);
        double delta = largestDisagreement(game);
        return new StakeholderCertificate(
                tau,
                Sums.list(nashConv),
                Sums.list(gain),
                Sums.list(payoff),
                delta,
                // the proof of uniqueness pairs the terms (s, r) and (r, s), so it needs equal weights
                tau > delta / 2 && sameWeights(opponents),
                deployment(game, mixture, true, advantages(game, mixture)),
                inputs.violations());
    }

    /// Certifies one policy as a solution of the `consensus` game, against the trivial bound ε ≥ 0.
    ///
    /// @param policy π, shape (K)
    public static ConsensusCertificate consensus(PreferenceGame game, double[] policy) {
        var inputs = Inputs.of(game);
        inputs.checkPolicy("the policy", policy);
        // max_i (Aπ)_i ≥ <π, Aπ> = 0 for every policy and stakeholder
        return inputs.valid() ? consensus(game, policy, 0, inputs) : rejected(game, inputs);
    }

    /// Certifies one policy as a solution of the `consensus` game.
    ///
    /// @param policy π, shape (K)
    /// @param duals ν, shape (S, K): one distribution over stakeholders and their allowed deviations
    public static ConsensusCertificate consensus(PreferenceGame game, double[] policy, double[][] duals) {
        var inputs = Inputs.of(game);
        inputs.checkPolicy("the policy", policy);
        inputs.checkDuals(duals);
        return inputs.valid() ? consensus(game, policy, dualBound(game, duals), inputs) : rejected(game, inputs);
    }

    private static ConsensusCertificate consensus(
            PreferenceGame game, double[] policy, double dualBound, Inputs inputs) {
        var deployment = deployment(game, policy, false, advantages(game, policy));
        double epsilon = deployment.largestGain();
        return new ConsensusCertificate(epsilon, dualBound, epsilon - dualBound, deployment, inputs.violations());
    }

    private static Inputs profileInputs(PreferenceGame game, double[][] profile, double tau) {
        var inputs = Inputs.of(game);
        inputs.checkProfile(profile);
        inputs.checkReference(tau, profile);
        return inputs;
    }

    private static ConsensusCertificate rejected(PreferenceGame game, Inputs inputs) {
        return new ConsensusCertificate(
                Double.NaN, Double.NaN, Double.NaN, Deployment.rejected(game.stakeholders()), inputs.violations());
    }

    private static StakeholderCertificate rejected(PreferenceGame game, double tau, Inputs inputs) {
        int s = game.stakeholders();
        var none = Collections.nCopies(s, Double.NaN);
        return new StakeholderCertificate(
                tau, none, none, none, Double.NaN, false, Deployment.rejected(s), inputs.violations());
    }

    /// (A_s x)_i, shape (K); minus infinity where i is not allowed, so that no deviation goes there.
    static double[] advantage(PreferenceGame game, int stakeholder, double[] x) {
        int k = game.candidates();
        var values = new double[k];
        for (int i = 0; i < k; i++) {
            if (!game.allowed(i)) {
                values[i] = Double.NEGATIVE_INFINITY;
                continue;
            }
            var row = new Sums();
            for (int j = 0; j < k; j++) {
                // P and 1/2 enter one by one: P - 1/2 alone would round where P < 1/4
                row.addProduct(game.preference(stakeholder, i, j), x[j]);
                row.add(-0.5 * x[j]);
            }
            values[i] = row.value();
        }
        return values;
    }

    static double[][] advantages(PreferenceGame game, double[] policy) {
        var all = new double[game.stakeholders()][];
        for (int s = 0; s < all.length; s++) {
            all[s] = advantage(game, s, policy);
        }
        return all;
    }

    /// (Ā π)_i = Σ_s ω_s (A_s π)_i.
    private static double[] mix(PreferenceGame game, double[][] advantages) {
        var mixed = new double[game.candidates()];
        for (int i = 0; i < mixed.length; i++) {
            if (!game.allowed(i)) {
                mixed[i] = Double.NEGATIVE_INFINITY;
                continue;
            }
            var sum = new Sums();
            for (int s = 0; s < advantages.length; s++) {
                sum.addProduct(game.weight(s), advantages[s][i]);
            }
            mixed[i] = sum.value();
        }
        return mixed;
    }

    static Deployment deployment(PreferenceGame game, double[] policy, boolean mixture, double[][] advantages) {
        int s = game.stakeholders();
        var gain = new double[s];
        var utility = new double[s];
        for (int n = 0; n < s; n++) {
            gain[n] = largest(advantages[n]);
            var sum = new Sums();
            int players = 0;
            for (int i = 0; i < game.candidates(); i++) {
                if (game.allowed(i)) {
                    sum.add(advantages[n][i]);
                    players++;
                }
            }
            // πᵀ A u = -uᵀ A π, because A is skew
            utility[n] = 0.5 - sum.value() / players;
        }
        return new Deployment(Sums.list(policy), mixture, Sums.list(gain), Sums.list(utility));
    }

    /// min_j Σ_{s,i} ν_{s,i} A_s[i,j] over the allowed j.
    static double dualBound(PreferenceGame game, double[][] duals) {
        double bound = Double.POSITIVE_INFINITY;
        for (int j = 0; j < game.candidates(); j++) {
            if (!game.allowed(j)) {
                continue;
            }
            var sum = new Sums();
            for (int s = 0; s < duals.length; s++) {
                for (int i = 0; i < game.candidates(); i++) {
                    sum.addProduct(game.preference(s, i, j), duals[s][i]);
                    sum.add(-0.5 * duals[s][i]);
                }
            }
            bound = Math.min(bound, sum.value());
        }
        return bound;
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

    static double dot(PreferenceGame game, double[] policy, double[] advantage) {
        var sum = new Sums();
        for (int i = 0; i < policy.length; i++) {
            if (game.allowed(i)) {
                sum.addProduct(policy[i], advantage[i]);
            }
        }
        return sum.value();
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
                if (s != r && Math.abs(opponents[s][r] - each) > Inputs.TOLERANCE) {
                    return false;
                }
            }
        }
        return true;
    }

    static double largest(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }
}
