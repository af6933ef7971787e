package org.polyphony.games;

/// A policy and how far it is from an equilibrium.
///
/// @param policy probabilities over the candidates, shape (K); exactly zero where a candidate was not allowed
/// @param gap the duality gap: 2 max_i (A π)_i of the unregularised game, gap_τ of the regularised one; zero at an
///     equilibrium, and as small negative as rounding makes it
/// @param iterations pivots, matrix-vector products or Newton steps, as the solver says
/// @param converged whether the solver reached its tolerance
public record Equilibrium(double[] policy, double gap, int iterations, boolean converged) {

    Equilibrium withPolicy(double[] other) {
        return new Equilibrium(other, gap, iterations, converged);
    }
}
