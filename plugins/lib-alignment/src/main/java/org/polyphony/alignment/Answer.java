package org.polyphony.alignment;

import java.util.Optional;

/// What a rule says about one game.
///
/// @param policy the deployed policy as probabilities, shape (K)
/// @param profile each stakeholder's policy, shape (S, K)
/// @param duals the adversary's mixture, shape (S, K)
/// @param tau the regularisation that was solved for; 0 where unregularised
/// @param iterations pivots or steps
/// @param converged whether the rule reached its tolerance
public record Answer(
        double[] policy,
        Optional<double[]> profile,
        Optional<double[]> duals,
        double tau,
        int iterations,
        boolean converged) {

    /// A policy alone.
    public static Answer of(double[] policy, double tau, int iterations, boolean converged) {
        return new Answer(policy, Optional.empty(), Optional.empty(), tau, iterations, converged);
    }

    /// The same with one policy per stakeholder, probabilities of shape (S, K); for [Extras#PROFILE].
    public Answer withProfile(double[] policies) {
        return new Answer(policy, Optional.of(policies), duals, tau, iterations, converged);
    }

    /// The same with the adversary's mixture, shape (S, K); for [Extras#DUALS].
    public Answer withDuals(double[] adversary) {
        return new Answer(policy, profile, Optional.of(adversary), tau, iterations, converged);
    }
}
