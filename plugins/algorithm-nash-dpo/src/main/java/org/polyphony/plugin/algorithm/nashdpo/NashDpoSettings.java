package org.polyphony.plugin.algorithm.nashdpo;

import org.polyphony.spi.plugin.Setting;

/// How the three games are solved.
///
/// @param population how the population game is solved where it is not regularised
/// @param stakeholder how the stakeholder game is solved
/// @param policy what kind of policy is answered
/// @param fit how a policy on features is fitted
public record NashDpoSettings(
        PopulationSettings population,
        StakeholderSettings stakeholder,

        @Setting(
                description = "tabular answers the study's candidates exactly; linear and mlp fit a policy on their"
                        + " features, which needs an encoder and answers candidates it has not seen",
                defaultValue = "tabular")
        PolicyForm policy,

        @Setting(description = "linear and mlp: how the policy is fitted and answers")
        ParametricSettings fit) {}
