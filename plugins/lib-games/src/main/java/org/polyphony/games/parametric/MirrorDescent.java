package org.polyphony.games.parametric;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.notNegative;
import static org.polyphony.support.settings.SettingChecks.positive;

import org.polyphony.spi.plugin.Setting;

/// The rounds of a fit and their steps.
///
/// @param weighting the form of the tensor loss
/// @param step what multiplies the preference in one mirror-descent step; at most τ/(τ² + 1/8) is taken, half of the
///     limit within which the step is stable for every P
/// @param l2 weight of |θ − θ'|², θ' the parameters at the start of the round, added to the mean loss; above 0
///     for a linear policy on features that repeat each other
/// @param rounds after how many rounds the fit gives up
/// @param inner mirror-descent steps in a round
public record MirrorDescent(
        @Setting(
                description = "win-rate: every candidate's win rate against the policy counts the same; on-policy:"
                        + " pairs count by how often the policy plays them",
                defaultValue = "win-rate")
        PairWeighting weighting,

        @Setting(
                description = "what multiplies the preference in one step, in nats per unit of preference; lowered"
                        + " to tau/(tau²+1/8) where that is less",
                defaultValue = "0.5")
        double step,

        @Setting(
                description = "weight of the squared distance of the parameters from where the round began;"
                        + " features are standardised. Larger is slower and takes weak evidence less seriously",
                defaultValue = "10")
        double l2,

        @Setting(description = "rounds after which the fit gives up", defaultValue = "200")
        int rounds,

        @Setting(
                description = "steps in a round, after which the reference moves to the policy (population) or tau"
                        + " is halved until it is reached (stakeholder)",
                defaultValue = "10")
        int inner) {

    /// Refuses what no fit could work with.
    public MirrorDescent {
        positive("step", step);
        notNegative("l2", l2);
        atLeast(1, "rounds", rounds);
        atLeast(1, "inner", inner);
    }
}
