package org.polyphony.engine.export;

/// Which pairs of an item's allowed candidates are written.
public enum PairSelection {
    /// Every pair.
    ALL,
    /// The pairs that are no tie: one candidate wins with a probability above one half.
    DECIDED,
    /// The pairs with the candidate to which the certified policy gives most mass.
    TOP
}
