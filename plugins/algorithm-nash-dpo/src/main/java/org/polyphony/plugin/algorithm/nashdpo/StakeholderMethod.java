package org.polyphony.plugin.algorithm.nashdpo;

/// How the stakeholder game is solved.
public enum StakeholderMethod {
    /// By mirror-prox, at a tau > 0.
    MIRROR_PROX,
    /// Without regularisation, by complementary pivoting: for stakeholders times candidates up to about
    /// 100.
    EXACT
}
