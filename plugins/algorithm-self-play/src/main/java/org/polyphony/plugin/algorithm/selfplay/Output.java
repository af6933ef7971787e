package org.polyphony.plugin.algorithm.selfplay;

/// Which policy of a run is answered.
public enum Output {
    /// The last one.
    LAST,
    /// The average of all that were played, the last one not among them.
    AVERAGE
}
