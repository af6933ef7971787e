package org.polyphony.plugin.algorithm.welfare;

/// How much each stakeholder's surplus counts in the Nash product.
public enum BargainingPower {
    /// Everybody's the same: Nash's symmetric solution.
    EQUAL,
    /// By the stakeholders' weights.
    BY_WEIGHT
}
