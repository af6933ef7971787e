package org.polyphony.plugin.profile.groups;

/// How preferences are estimated from judgments.
public enum ProfileModel {
    /// `AGREEMENT` where all judgments are approvals; otherwise `SKEW_BILINEAR` where it foretells held-out
    /// judges better than Bradley-Terry beyond doubt, and `BRADLEY_TERRY` where it does not.
    AUTO,
    /// Utilities of candidates; groups deviate from the population.
    BRADLEY_TERRY,
    /// Utilities and planes of circular preference; groups deviate from the population.
    SKEW_BILINEAR,
    /// Log-odds that a candidate is approved, each judged on its own; groups deviate from the population.
    AGREEMENT,
    /// Nothing is estimated: P = 1/2 + (wins − losses) / (2 · ballots), for elections where every ballot is
    /// known.
    BALLOTS
}
