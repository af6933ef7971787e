package org.polyphony.spi.plugin;

/// What a plugin cannot work without. Readers skip one they do not know; always write a default where you switch.
public enum Need {
    /// Features of the candidates. A study without `encoders` is refused before it runs.
    FEATURES,
    /// What the study makes of half of its judges, [org.polyphony.spi.evaluation.GameEvidence#replicas].
    /// It is made only where an evaluator needs it, and shown to no other.
    HALVES,
    /// A service on a network. A run that is not allowed to use one is refused before it begins.
    NETWORK
}
