package org.polyphony.games.welfare;

import org.polyphony.games.AllowedCandidates;

/// One policy for all stakeholders, and what proves that it is the one asked for.
///
/// @param policy π, shape (K); exactly zero where a candidate was not allowed
/// @param values what the stakeholders get, in the units of the solver; shape (S)
/// @param duals the adversary's mixture ν ≥ 0, summing to one, shape (S, K): its row sums are the
///     stakeholders' shares ω
/// @param gap how far this very policy may be from the optimum, measured; see the solver for its units.
///     Infinite where the optimum cannot be written down as probabilities
/// @param improves false where the reference policy is returned because no policy makes everybody better
///     off
/// @param iterations pivots or Newton steps
/// @param converged whether the gap is at most 1e-9
public record WelfareSolution(
        double[] policy,
        double[] values,
        double[] duals,
        double gap,
        boolean improves,
        int iterations,
        boolean converged) {

    static final double CONVERGED = 1e-9;

    static WelfareSolution of(double[] policy, double[] values, double[] duals, double gap, int iterations) {
        return new WelfareSolution(policy, values, duals, gap, true, iterations, gap <= CONVERGED);
    }

    /// The same over all candidates, where it was solved among the allowed ones.
    public WelfareSolution expand(AllowedCandidates allowed) {
        return new WelfareSolution(
                allowed.expand(policy, 0),
                values,
                allowed.expandEach(duals, values.length, 0),
                gap,
                improves,
                iterations,
                converged);
    }
}
