package org.polyphony.plugin.profile.groups;

import java.util.List;
import org.polyphony.preferences.score.ShrinkagePath;
import org.polyphony.spi.plugin.Setting;

/// How strongly groups are drawn to the population.
///
/// @param shrinkage strength λ_d, in judgments, or `auto`
/// @param path strengths among which `auto` chooses by held-out judges
record Shrinkage(
        @Setting(
                description = "Strength that draws groups to the population, in judgments; infinity: groups are the"
                        + " population; auto: chosen by held-out judges",
                defaultValue = "auto")
        String shrinkage,

        @Setting(description = "Strengths among which auto chooses; absent: 0.3, 1, 3, 10, 30, 100, 300")
        List<Double> path) {

    private static final String AUTO = "auto";

    Shrinkage {
        path = path.isEmpty() ? ShrinkagePath.DEFAULT_GRID : List.copyOf(path);
        path.forEach(strength -> GroupsSettings.positive("path", strength, true));
        if (!shrinkage.equals(AUTO)) {
            GroupsSettings.positive("shrinkage", number(shrinkage), true);
        }
    }

    /// Whether held-out judges choose it.
    boolean isChosen() {
        return shrinkage.equals(AUTO);
    }

    /// The strength where it is given.
    double fixed() {
        return number(shrinkage);
    }

    private static double number(String text) {
        try {
            return text.equals("infinity") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("shrinkage must be a positive number, infinity or auto, got " + text, e);
        }
    }
}
