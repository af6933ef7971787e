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

    static Deployment rejected(int stakeholders) {
        var none = Collections.nCopies(stakeholders, Double.NaN);
        return new Deployment(List.of(), false, none, none);
    }
}
