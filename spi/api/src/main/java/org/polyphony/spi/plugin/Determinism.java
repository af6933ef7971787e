package org.polyphony.spi.plugin;

/// What two equal calls of a plugin have in common. Readers take one they do not know for [#NONE]: always write a
/// default.
public enum Determinism {
    /// The same bytes, on every machine and for every number of threads.
    EXACT,
    /// The same bytes on the same machine with the same seed.
    SEEDED,
    /// Nothing: it asks something outside that may answer otherwise.
    NONE
}
