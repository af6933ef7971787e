package org.polyphony.games;

/// One policy per stakeholder, and how far the profile is from an equilibrium of the stakeholder game.
///
/// @param profile π_s, shape (S, K); exactly zero where a candidate was not allowed
/// @param deployed the mixture Σ_s ω_s π_s, shape (K); a mixture of an equilibrium is not itself one
/// @param nashConv per stakeholder, what s could still gain in its own utility by deviating alone, τ KL(π_s
///     ‖ BR_s) or, at τ = 0, max_i (A_s q_s)_i − π_sᵀ A_s q_s; shape (S), in units of preference
/// @param residual max |π_s\[i\] − BR_s\[i\]|, which bounds the error of the profile where the game is well
///     conditioned; at τ = 0, where best responses jump, the largest NashConv
/// @param regularisation the KL weight at which the profile was solved, and where its equilibrium is unique
/// @param iterations mirror-prox steps over all values of τ, each 2 S matrix-vector products; pivots at τ =
///     0
/// @param converged whether every NashConv and the residual reached the tolerance
public record StakeholderProfile(
        double[] profile,
        double[] deployed,
        double[] nashConv,
        double residual,
        Regularisation regularisation,
        int iterations,
        boolean converged) {

    /// What the stakeholder who could gain most by deviating alone could gain.
    public double largestNashConv() {
        return Strategies.max(nashConv);
    }

    /// The same profile over all candidates, where it was solved among the allowed ones.
    public StakeholderProfile expand(AllowedCandidates allowed) {
        return new StakeholderProfile(
                allowed.expandEach(profile, nashConv.length, 0),
                allowed.expand(deployed, 0),
                nashConv,
                residual,
                regularisation,
                iterations,
                converged);
    }
}
