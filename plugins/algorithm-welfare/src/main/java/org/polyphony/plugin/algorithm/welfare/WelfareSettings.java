package org.polyphony.plugin.algorithm.welfare;

import org.polyphony.spi.plugin.Setting;

/// How the cooperative solutions are regularised. A request that brings a τ overrules all three.
///
/// @param bargainingTau temperature of the adversary against whom a policy is valued
/// @param bargainingPower whose surplus counts how much
/// @param maxminTau weight of the KL divergence from the reference policy in maxmin; 0 for none
/// @param groupRobustTau weight of the KL divergence from the reference policy in the groups' losses
public record WelfareSettings(
        @Setting(
                description = "bargaining: how closely the adversary, against whom a policy is valued, keeps to the"
                        + " reference policy, in units of preference per nat (beta in the literature)",
                defaultValue = "0.1")
        double bargainingTau,

        @Setting(
                description = "bargaining: equal, or by-weight, where a stakeholder's gain counts by its weight",
                defaultValue = "equal")
        BargainingPower bargainingPower,

        @Setting(
                description =
                        "maxmin: weight of the KL divergence from the reference policy, in units of preference per"
                                + " nat; 0 solves the linear programme",
                defaultValue = "0")
        double maxminTau,

        @Setting(
                description = "group-robust: weight of the KL divergence from the reference policy, in units of"
                        + " preference per nat",
                defaultValue = "0.1")
        double groupRobustTau) {

    /// Refuses what no solver could work with.
    public WelfareSettings {
        require(bargainingTau > 0, "bargaining-tau must be positive", bargainingTau);
        require(maxminTau >= 0, "maxmin-tau must be 0 or above", maxminTau);
        require(groupRobustTau > 0, "group-robust-tau must be positive", groupRobustTau);
    }

    private static void require(boolean holds, String what, double value) {
        if (!holds || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " and finite, got " + value);
        }
    }
}
