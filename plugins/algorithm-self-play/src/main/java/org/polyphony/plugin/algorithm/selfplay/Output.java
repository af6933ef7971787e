package org.polyphony.plugin.algorithm.selfplay;

import org.polyphony.games.selfplay.SelfPlaySolver;

/// Which policy of a run is answered.
public enum Output {
    /// The last one.
    LAST,
    /// The average of all that were played, the last one not among them.
    AVERAGE;

    /// The same runs, answering this policy.
    SelfPlaySolver of(SelfPlaySolver solver) {
        return this == AVERAGE ? solver.withAverage() : solver;
    }
}
