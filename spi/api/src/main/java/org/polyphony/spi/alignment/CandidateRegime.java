package org.polyphony.spi.alignment;

/// How candidates relate to the policy. More may come: always write a default.
public enum CandidateRegime {
    /// The policy is an explicit vector on the candidates; expectations are exact.
    ENUMERATED,
    /// The candidates are samples of a policy; win rates include the self-comparison.
    SAMPLED
}
