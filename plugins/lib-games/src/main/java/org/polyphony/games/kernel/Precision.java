package org.polyphony.games.kernel;

/// In which arithmetic the updates run; the gap that is reported is recomputed in double precision in either case.
public enum Precision {
    /// IEEE float64: the reference kernel.
    DOUBLE,
    /// IEEE float32 where the machine can do it in vectors.
    SINGLE
}
