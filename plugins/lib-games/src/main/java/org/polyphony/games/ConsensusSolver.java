package org.polyphony.games;

/// Solves the consensus game: the one policy π for which the largest gain that any single stakeholder could get by
/// replacing it with another candidate is smallest, ε* = min_π max_{s,i} (A_s π)_i.
///
/// That is a zero-sum matrix game: the row player picks a stakeholder and a candidate (s, i), the column player the
/// policy. Its row strategy ν\[s,i\] proves the optimum: no policy can do better than min_j Σ ν\[s,i\] A_s\[i,j\].
/// ε* = 0 exactly when some policy is an equilibrium for every stakeholder at once. Where the optimum is not unique a
/// vertex is returned, as in [SimplexTableau].
///
/// A workspace: reused from game to game, owned by one thread.
public final class ConsensusSolver {

    private static final double CONVERGED = 1e-9;

    private final MatrixGameSolver matrixGames = new MatrixGameSolver();

    /// Makes a workspace.
    public ConsensusSolver() {}

    /// Solves one game among all its candidates.
    ///
    /// @param p preferences, shape (stakeholders, k, k)
    public Consensus solve(double[] p, int stakeholders, int k) {
        Preferences.require(p, stakeholders, k);
        double[] a = Skew.payoffs(p, stakeholders, k);
        var saddle = matrixGames.solve(a, stakeholders * k, k);
        double[] gains = Skew.gains(a, stakeholders, k, saddle.columnStrategy());
        return new Consensus(
                saddle.columnStrategy(),
                Strategies.max(gains),
                gains,
                saddle.rowStrategy(),
                saddle.gap(),
                saddle.pivots(),
                saddle.gap() <= CONVERGED);
    }

    /// Solves the game among the allowed candidates; the others get exactly zero, in the policy and in the duals.
    ///
    /// @throws IllegalArgumentException if nothing is allowed: the caller refuses, there is no policy to return
    public Consensus solve(double[] p, int stakeholders, AllowedCandidates allowed) {
        Preferences.requireSomeone(allowed);
        return solve(allowed.restrictMatrices(p, stakeholders), stakeholders, allowed.count())
                .expand(allowed);
    }

    /// A consensus policy with the proof of its optimality.
    ///
    /// @param policy π, shape (K)
    /// @param largestGain ε(π) = max_s gains\[s\]; ε* up to the gap
    /// @param gains g_s = max_i (A_s π)_i, the unilateral gain of each stakeholder, shape (S)
    /// @param duals ν ≥ 0, summing to one, shape (S, K)
    /// @param gap max_{s,i} (A_s π)_i − min_j Σ ν\[s,i\] A_s\[i,j\] ≥ 0, how far ε(π) can be from ε*
    /// @param iterations pivots of the tableau, or updates
    /// @param converged whether the gap is at most the tolerance, 1e-9 for a linear programme
    public record Consensus(
            double[] policy,
            double largestGain,
            double[] gains,
            double[] duals,
            double gap,
            int iterations,
            boolean converged) {

        /// The same over all candidates, where it was solved among the allowed ones.
        public Consensus expand(AllowedCandidates allowed) {
            return new Consensus(
                    allowed.expand(policy, 0),
                    largestGain,
                    gains,
                    allowed.expandEach(duals, gains.length, 0),
                    gap,
                    iterations,
                    converged);
        }
    }
}
