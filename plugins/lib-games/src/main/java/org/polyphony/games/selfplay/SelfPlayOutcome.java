package org.polyphony.games.selfplay;

/// Where a run of self-play ended.
///
/// @param policy probabilities over the candidates, shape (K); exactly zero where a candidate was not allowed
/// @param gap of that policy: the duality gap 2 max_i (A π)_i where the rule aims at the game itself, gap_τ
///     where it aims at the regularised one
/// @param updates how often the rule was applied; of COMAL the inner updates
/// @param products matrix-vector products, those for measuring the gap included
/// @param converged whether the gap is at most the tolerance
public record SelfPlayOutcome(double[] policy, double gap, int updates, long products, boolean converged) {

    /// The same with the policy spread over more candidates.
    public SelfPlayOutcome withPolicy(double[] other) {
        return new SelfPlayOutcome(other, gap, updates, products, converged);
    }
}
