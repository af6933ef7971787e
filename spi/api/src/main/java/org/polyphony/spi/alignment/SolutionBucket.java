package org.polyphony.spi.alignment;

import java.util.Optional;
import org.polyphony.spi.tensor.Tensor;

/// Policies of one bucket, and what the algorithm claims about them.
///
/// @param logPolicy FLOAT64, shape (B, K): log-probabilities of the deployed policy; −∞ where the mass is
///     zero. A row of a refused game is all −∞
/// @param profile FLOAT64, shape (B, S, K): log-probabilities of each stakeholder's own policy, where the
///     formulation has one policy per stakeholder; the deployed policy is then their weighted mixture
/// @param duals FLOAT64, shape (B, S, K), non-negative, each game summing to one: the adversary's mixture
///     that proves the optimum, where the formulation has one. Where it is solved in levels (leximin),
///     shape (B, S, S, K): one mixture per level, each summing to one, zero for levels that are not needed
/// @param tau FLOAT64, shape (B): the regularisation at which the solution was reached; 0 where
///     unregularised
/// @param iterations INT32, shape (B): steps or pivots taken
/// @param converged UINT8, shape (B): 1 where the algorithm claims to have reached its tolerance
/// @param refused UINT8, shape (B): 1 where no candidate was allowed
public record SolutionBucket(
        Tensor logPolicy,
        Optional<Tensor> profile,
        Optional<Tensor> duals,
        Tensor tau,
        Tensor iterations,
        Tensor converged,
        Tensor refused) {

    /// Policies without profile and duals.
    public static SolutionBucket of(Tensor logPolicy, Tensor tau, Tensor iterations, Tensor converged, Tensor refused) {
        return new SolutionBucket(logPolicy, Optional.empty(), Optional.empty(), tau, iterations, converged, refused);
    }

    /// The same with one policy per stakeholder.
    public SolutionBucket withProfile(Tensor logProfile) {
        return new SolutionBucket(logPolicy, Optional.of(logProfile), duals, tau, iterations, converged, refused);
    }

    /// The same with duals.
    public SolutionBucket withDuals(Tensor adversary) {
        return new SolutionBucket(logPolicy, profile, Optional.of(adversary), tau, iterations, converged, refused);
    }
}
