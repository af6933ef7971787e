package org.polyphony.plugin.algorithm.nashdpo;

import java.util.Optional;

/// What a rule says about one game.
///
/// @param policy the deployed policy as probabilities, shape (K)
/// @param profile each stakeholder's policy, shape (S, K)
/// @param duals the adversary's mixture, shape (S, K)
/// @param tau the regularisation that was solved for
/// @param iterations pivots or steps
/// @param converged whether the rule reached its tolerance
record Answer(
        double[] policy,
        Optional<double[]> profile,
        Optional<double[]> duals,
        double tau,
        int iterations,
        boolean converged) {

    static Answer of(double[] policy, double tau, int iterations, boolean converged) {
        return new Answer(policy, Optional.empty(), Optional.empty(), tau, iterations, converged);
    }

    Answer withProfile(double[] policies) {
        return new Answer(policy, Optional.of(policies), duals, tau, iterations, converged);
    }

    Answer withDuals(double[] adversary) {
        return new Answer(policy, profile, Optional.of(adversary), tau, iterations, converged);
    }
}
