package org.polyphony.plugin.algorithm.nashdpo;

/// What kind of policy is answered.
public enum PolicyForm {
    /// A probability for each candidate of each game; nothing about others.
    TABULAR,
    /// π ∝ μ exp(θ·φ): answers any candidate that has features.
    LINEAR,
    /// π ∝ μ exp(f(φ)), f a network with one hidden layer: answers any candidate that has features.
    MLP
}
