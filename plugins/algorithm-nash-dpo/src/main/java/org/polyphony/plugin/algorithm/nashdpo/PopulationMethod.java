package org.polyphony.plugin.algorithm.nashdpo;

/// How the population game is solved where it is not regularised.
public enum PopulationMethod {
    /// By linear programming, to a gap at rounding level.
    EXACT,
    /// By predictive regret matching⁺, to `prm-tolerance`: what simulated self-play reaches.
    PRM_PLUS
}
