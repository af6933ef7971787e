package org.polyphony.preferences.verdict;

/// Solves the population's game: the maximal lottery.
@FunctionalInterface
public interface Lottery {
    /// The policy [k] that no candidate beats.
    ///
    /// @param p preferences, shape (k, k), row-major
    double[] solve(double[] p, int k);
}
