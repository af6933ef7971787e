package org.polyphony.preferences;

/// What training does with a judgment that calls two candidates equal.
public enum Ties {
    /// Ties teach nothing and are left out.
    DROP,
    /// A tie is half a win for each side.
    HALF
}
