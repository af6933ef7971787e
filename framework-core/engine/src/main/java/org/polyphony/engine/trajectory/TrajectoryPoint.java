package org.polyphony.engine.trajectory;

/// Where an algorithm is after so many iterations; the numbers are the verifier's.
///
/// @param iterations the budget
/// @param policy the deployed policy, probabilities, shape [K]
/// @param gap of the game itself
/// @param gapTau of the game regularised at `tau`
/// @param tau the regularisation the algorithm says it solved at; 0 for none
/// @param converged whether the algorithm says that it reached its tolerance
public record TrajectoryPoint(
        int iterations, double[] policy, double gap, double gapTau, double tau, boolean converged) {

    /// The candidate with most mass, the first among equals.
    int leader() {
        int leader = 0;
        for (int i = 1; i < policy.length; i++) {
            leader = policy[i] > policy[leader] ? i : leader;
        }
        return leader;
    }
}
