package org.polyphony.support;

/// What a formulation answers beside the policy.
public enum Extras {
    /// Nothing.
    NONE,
    /// One policy per stakeholder.
    PROFILE,
    /// The adversary's mixture that proves the optimum.
    DUALS,
    /// One such mixture for each of S levels, zero where fewer are needed.
    LEVELS
}
