package org.polyphony.plugin.algorithm.nashdpo;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.positive;
import static org.polyphony.support.settings.SettingChecks.require;

import org.polyphony.spi.plugin.Setting;

/// How the stakeholder game is solved.
///
/// @param stakeholderSolver the method
/// @param tau regularisation where the request does not say, of policies on features too
/// @param anneal whether the game is first solved at a large tau
/// @param tolerance largest distance of a stakeholder's policy from its best response
/// @param maxIterations steps after which the solver gives up
record StakeholderSettings(
        @Setting(
                description =
                        "stakeholder: mirror-prox at tau, or exact, without regularisation, for stakeholders times"
                                + " candidates up to about 100",
                defaultValue = "mirror-prox")
        StakeholderMethod stakeholderSolver,

        @Setting(
                description = "stakeholder, linear and mlp: weight of the KL divergence from the reference policy, in"
                        + " units of preference per nat, where the request does not give one",
                defaultValue = "0.1")
        double tau,

        @Setting(
                description = "stakeholder: start where the equilibrium is proved unique and lower tau from there",
                defaultValue = "true")
        boolean anneal,

        @Setting(
                description =
                        "stakeholder: largest difference between a policy and its best response, as a probability",
                defaultValue = "1e-12")
        double tolerance,

        @Setting(description = "stakeholder: steps after which it gives up", defaultValue = "20000")
        int maxIterations) {

    StakeholderSettings {
        positive("tau", tau);
        require(tolerance > 0 && tolerance < 1, "tolerance must be between 0 and 1", tolerance);
        atLeast(1, "max-iterations", maxIterations);
    }
}
