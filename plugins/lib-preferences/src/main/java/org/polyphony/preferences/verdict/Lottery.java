package org.polyphony.preferences.verdict;

/// Solves the population's game: the maximal lottery.
@FunctionalInterface
public interface Lottery {
    /// The policy that no candidate beats, shape (k).
    ///
    /// @param p preferences, shape (k, k), row-major
    double[] solve(double[] p, int k);
}
