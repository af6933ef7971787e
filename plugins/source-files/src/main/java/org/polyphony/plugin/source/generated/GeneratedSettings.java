package org.polyphony.plugin.source.generated;

import static org.polyphony.support.settings.SettingChecks.within;

import org.polyphony.spi.plugin.Setting;

/// How many people judge what, and how much their groups differ.
///
/// @param seed of the data; the run's own seed changes nothing here
/// @param size how many people judge how much
/// @param strengths how strongly they prefer
/// @param controlShare share of items without group differences and without circular part
/// @param unsafeShare share of items that have an unsafe answer
public record GeneratedSettings(
        @Setting(description = "Seed of the data; the seed of the run changes nothing here", defaultValue = "1")
        long seed,

        DataSize size,
        Strengths strengths,

        @Setting(
                description = "Share of questions in the control arm, without group differences or cycles",
                defaultValue = "0.5")
        double controlShare,

        @Setting(description = "Share of questions with an unsafe answer", defaultValue = "0.3")
        double unsafeShare) {

    public GeneratedSettings {
        within("control-share", controlShare, 0.0, 1.0);
        within("unsafe-share", unsafeShare, 0.0, 1.0);
    }
}
