package org.polyphony.plugin.algorithm.nashdpo;

import org.polyphony.spi.plugin.Setting;

/// How the three games are solved.
///
/// @param solver how the population game is solved where it is not regularised
/// @param prmTolerance duality gap at which regret matching stops
/// @param prmIterations updates after which regret matching gives up
/// @param stakeholderSolver how the stakeholder game is solved
/// @param tau regularisation of the stakeholder game where the request does not say
/// @param anneal whether the stakeholder game is first solved at a large tau
/// @param tolerance largest distance of a stakeholder's policy from its best response
/// @param maxIterations steps after which the stakeholder game gives up
/// @param policy what kind of policy is answered
/// @param fit how a policy on features is fitted
public record NashDpoSettings(
        @Setting(
                description = "population: exact by linear programming, or prm-plus by regret matching",
                defaultValue = "exact")
        PopulationMethod solver,

        @Setting(description = "prm-plus: duality gap at which it stops", defaultValue = "1e-6")
        double prmTolerance,

        @Setting(description = "prm-plus: updates after which it gives up", defaultValue = "200000")
        int prmIterations,

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
        int maxIterations,

        @Setting(
                description = "tabular answers the study's candidates exactly; linear and mlp fit a policy on their"
                        + " features, which needs an encoder and answers candidates it has not seen",
                defaultValue = "tabular")
        PolicyForm policy,

        @Setting(description = "linear and mlp: how the policy is fitted and answers")
        ParametricSettings fit) {

    /// Refuses what no solver could work with.
    public NashDpoSettings {
        require(prmTolerance > 0 && Double.isFinite(prmTolerance), "prm-tolerance must be positive", prmTolerance);
        require(prmIterations >= 1, "prm-iterations must be at least 1", prmIterations);
        require(tau > 0 && Double.isFinite(tau), "tau must be positive", tau);
        require(tolerance > 0 && tolerance < 1, "tolerance must be between 0 and 1", tolerance);
        require(maxIterations >= 1, "max-iterations must be at least 1", maxIterations);
    }

    private static void require(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(what + ", got " + value);
        }
    }
}
