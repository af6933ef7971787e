package org.polyphony.plugin.source.generated;

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
        within("control-share", controlShare, 1);
        within("unsafe-share", unsafeShare, 1);
    }

    static void within(String name, double value, double most) {
        if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException(name + " must be 0.0 to " + most + ", got " + value);
        }
    }
}
