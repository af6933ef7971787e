package org.polyphony.spi.alignment;

/// How candidates relate to the policy. ALGORITHMS 1 calls them R1 and R2.
public enum CandidateRegime {
    /// The policy is an explicit vector on the candidates; expectations are exact.
    ENUMERATED,
    /// The candidates are samples of a policy; win rates include the self-comparison.
    SAMPLED
}
