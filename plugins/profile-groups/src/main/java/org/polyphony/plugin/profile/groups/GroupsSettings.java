package org.polyphony.plugin.profile.groups;

import java.util.List;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.score.ShrinkagePath;
import org.polyphony.spi.plugin.Setting;

/// How group profiles are fitted.
///
/// @param model the preference model
/// @param ridge strength λ that draws the population's utilities to zero, in judgments
/// @param shrinkage strength λ_d that draws groups to the population, in judgments, or `auto`
/// @param path strengths among which `auto` chooses by held-out judges
/// @param ties what a judgment that calls two candidates equal teaches
/// @param folds folds of judges for every choice
/// @param planes planes of circular preference
/// @param planeRidges strengths that draw planes to zero, one of which is chosen by held-out judges
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

        @Setting(
                description = "Strength that draws groups to the population, in judgments; infinity: groups are the"
                        + " population; auto: chosen by held-out judges",
                defaultValue = "auto")
        String shrinkage,

        @Setting(description = "Strengths among which auto chooses; absent: 0.3, 1, 3, 10, 30, 100, 300")
        List<Double> path,

        @Setting(
                description = "What equal candidates teach: half a win each (half) or nothing (drop)",
                defaultValue = "half")
        Ties ties,

        @Setting(description = "Folds of judges for every choice by held-out judges", defaultValue = "5")
        int folds,

        @Setting(description = "Planes of circular preference", defaultValue = "1")
        int planes,

        @Setting(description = "Strengths that draw planes to zero, chosen by held-out judges; absent: 1, 3, 10")
        List<Double> planeRidges) {

    private static final String AUTO = "auto";

    /// Checks every value and fills in the default grids.
    public GroupsSettings {
        positive("ridge", ridge, false);
        path = path.isEmpty() ? ShrinkagePath.DEFAULT_GRID : List.copyOf(path);
        planeRidges = planeRidges.isEmpty() ? List.of(1.0, 3.0, 10.0) : List.copyOf(planeRidges);
        path.forEach(strength -> positive("path", strength, true));
        planeRidges.forEach(strength -> positive("plane-ridges", strength, false));
        if (folds < 2 || folds > 100) {
            throw new IllegalArgumentException("folds must be 2 to 100, got " + folds);
        }
        if (planes < 1 || planes > 16) {
            throw new IllegalArgumentException("planes must be 1 to 16, got " + planes);
        }
        if (!shrinkage.equals(AUTO)) {
            positive("shrinkage", number(shrinkage), true);
        }
    }

    /// Whether held-out judges choose the shrinkage.
    boolean choosesShrinkage() {
        return shrinkage.equals(AUTO);
    }

    /// The shrinkage where it is given.
    double fixedShrinkage() {
        return number(shrinkage);
    }

    private static double number(String text) {
        try {
            return text.equals("infinity") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("shrinkage must be a positive number, infinity or auto, got " + text, e);
        }
    }

    private static void positive(String name, double value, boolean mayBeInfinite) {
        if (!(value > 0) || (value == Double.POSITIVE_INFINITY && !mayBeInfinite)) {
            throw new IllegalArgumentException(name + " must be a positive number, got " + value);
        }
    }
}
