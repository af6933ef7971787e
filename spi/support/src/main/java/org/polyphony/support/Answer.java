package org.polyphony.support;

import java.util.Optional;

/// What a rule says about one game.
///
/// @param policy the deployed policy as probabilities, shape (K)
/// @param profile each stakeholder's policy, shape (S, K)
/// @param duals the adversary's mixture, shape (S, K)
/// @param tau the regularisation that was solved for; 0 where unregularised
/// @param iterations pivots or steps
/// @param converged whether a certificate of the policy will be accepted, by the rule's own measurement; see
///     [#of]
/// @param remark what there is to say about this game beside its policy
public record Answer(
        double[] policy,
        Optional<double[]> profile,
        Optional<double[]> duals,
        double tau,
        int iterations,
        boolean converged,
        Optional<Remark> remark) {

    /// What there is to say about a game. Games with the same remark are told in one note.
    ///
    /// @param code a constant for programs, such as `NO_JOINT_IMPROVEMENT`
    /// @param message what it means, and what was answered
    public record Remark(String code, String message) {}

    /// The largest residual that a certificate accepts, per unit of τ where τ is above 1: values grow
    /// with it.
    public static final double ACCEPTED = 1e-6;

    // two measurements of one residual differ by less than this, per unit of τ likewise
    private static final double MEASUREMENT = 1e-12;

    /// A policy alone. It has converged if its residual is one that a certificate accepts, whatever
    /// tolerance the rule stopped at.
    ///
    /// @param residual of this very policy in the game that it is an answer to, at this τ: a duality
    ///     gap, the largest NashConv, or a gap between what it attains and what is proved possible. 0
    ///     where there is nothing to reach; infinite or NaN where nothing is known
    public static Answer of(double[] policy, double tau, int iterations, double residual) {
        boolean converged = residual + MEASUREMENT * Math.max(1, tau) <= ACCEPTED * Math.max(1, tau);
        return new Answer(policy, Optional.empty(), Optional.empty(), tau, iterations, converged, Optional.empty());
    }

    /// A policy that its rule defines, so that there is nothing to reach.
    public static Answer of(double[] policy) {
        return of(policy, 0, 0, 0);
    }

    /// The same with one policy per stakeholder, probabilities of shape (S, K); for [Extras#PROFILE].
    public Answer withProfile(double[] policies) {
        return new Answer(policy, Optional.of(policies), duals, tau, iterations, converged, remark);
    }

    /// The same with the adversary's mixture, shape (S, K), for [Extras#DUALS], or several of them one
    /// after the other, at most S, for [Extras#LEVELS].
    public Answer withDuals(double[] adversary) {
        return new Answer(policy, profile, Optional.of(adversary), tau, iterations, converged, remark);
    }

    /// The same with a remark.
    public Answer withRemark(Remark words) {
        return new Answer(policy, profile, duals, tau, iterations, converged, Optional.of(words));
    }
}
