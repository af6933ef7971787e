package org.polyphony.verify;

/// What an answer holds beside the deployed policy.
public enum Evidence {
    /// Nothing.
    NONE,
    /// One policy per stakeholder; what is deployed is their weighted mixture.
    PROFILE,
    /// ν, the adversary's mixture over stakeholders and their candidates, which proves the optimum.
    DUALS,
    /// Such a mixture for each of S levels; those that are not needed have no mass.
    LEVELS
}
