package org.polyphony.plugin.source.generated;

import static org.polyphony.support.settings.SettingChecks.within;

import org.polyphony.spi.plugin.Setting;

/// How strongly people prefer, and how much their groups differ.
///
/// @param qualityDeviation standard deviation of the strengths all groups share, in logits
/// @param groupDeviation standard deviation of a group's own strengths, in logits; σ_d
/// @param cycleStrength root mean square of the circular part, in logits
record Strengths(
        @Setting(
                description = "Standard deviation of the strengths that all groups share, in logits",
                defaultValue = "0.8")
        double qualityDeviation,

        @Setting(
                description = "Standard deviation of a group's own strengths, in logits; 0 for equal groups",
                defaultValue = "0.8")
        double groupDeviation,

        @Setting(description = "Root mean square of the circular part of preferences, in logits", defaultValue = "0.8")
        double cycleStrength) {

    Strengths {
        within("quality-deviation", qualityDeviation, 0.0, 10.0);
        within("group-deviation", groupDeviation, 0.0, 10.0);
        within("cycle-strength", cycleStrength, 0.0, 10.0);
    }
}
