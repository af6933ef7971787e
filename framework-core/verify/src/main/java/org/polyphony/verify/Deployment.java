package org.polyphony.verify;

import java.util.Collections;
import java.util.List;

/// What one served policy means to each stakeholder.
///
/// @param policy the served policy, shape (K)
/// @param mixture whether it is the weighted mixture of a profile, which is not itself an equilibrium of anything
/// @param unilateralGain g_s = max_i (A_s π)_i over the allowed candidates, shape (S): what stakeholder s gains by
///     replacing the policy with its favourite answer to it
/// @param utility shape (S): how often s prefers the policy to a uniform draw from the allowed candidates; 1/2 is
///     indifference
public record Deployment(List<Double> policy, boolean mixture, List<Double> unilateralGain, List<Double> utility) {

    public Deployment {
        policy = List.copyOf(policy);
        unilateralGain = List.copyOf(unilateralGain);
        utility = List.copyOf(utility);
    }

    /// eps(π) = max_s g_s, NaN if the policy was rejected.
    public double largestGain() {
        return Sums.largest(unilateralGain);
    }

    /// Of one policy for everybody.
    static Deployment of(PreferenceGame game, double[] policy) {
        return of(game, policy, Advantages.all(game, policy), false);
    }

    /// @param advantages those of the policy, shape (S, K)
    static Deployment of(PreferenceGame game, double[] policy, double[][] advantages, boolean mixture) {
        int s = game.stakeholders();
        var gain = new double[s];
        var utility = new double[s];
        for (int n = 0; n < s; n++) {
            gain[n] = Advantages.largest(advantages[n]);
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

    static Deployment rejected(int stakeholders) {
        var none = Collections.nCopies(stakeholders, Double.NaN);
        return new Deployment(List.of(), false, none, none);
    }
}
