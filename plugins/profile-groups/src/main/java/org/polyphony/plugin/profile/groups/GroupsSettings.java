package org.polyphony.plugin.profile.groups;

import org.polyphony.preferences.Ties;
import org.polyphony.spi.plugin.Setting;

/// How group profiles are fitted.
///
/// @param model the preference model
/// @param ridge strength λ that draws the population's utilities to zero, in judgments
/// @param shrinkage how strongly groups are drawn to the population
/// @param ties what a judgment that calls two candidates equal teaches
/// @param folds folds of judges for every choice
/// @param planes planes of circular preference
public record GroupsSettings(
        @Setting(
                description =
                        "How preferences are estimated: auto, bradley-terry, skew-bilinear, agreement (approvals) or"
                                + " ballots (nothing is estimated)",
                defaultValue = "auto")
        ProfileModel model,

        @Setting(
                description = "Strength that draws the population's utilities to zero, in judgments",
                defaultValue = "0.3")
        double ridge,

        Shrinkage shrinkage,

        @Setting(
                description = "What equal candidates teach: half a win each (half) or nothing (drop)",
                defaultValue = "half")
        Ties ties,

        @Setting(description = "Folds of judges for every choice by held-out judges", defaultValue = "5")
        int folds,

        Planes planes) {

    /// Checks the values that stand alone.
    public GroupsSettings {
        positive("ridge", ridge, false);
        if (folds < 2 || folds > 100) {
            throw new IllegalArgumentException("folds must be 2 to 100, got " + folds);
        }
    }

    static void positive(String name, double value, boolean mayBeInfinite) {
        if (!(value > 0) || (value == Double.POSITIVE_INFINITY && !mayBeInfinite)) {
            throw new IllegalArgumentException(name + " must be a positive number, got " + value);
        }
    }
}
