package org.polyphony.plugin.algorithm.selfplay;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.positive;

import org.polyphony.spi.plugin.Setting;

/// How regret matching is run.
///
/// @param maxIterations updates after which it gives up
/// @param tolerance gap at which it stops
public record PrmPlusSettings(
        @Setting(
                description =
                        "Updates after which it gives up. A run of N updates is the beginning of every" + " longer one",
                defaultValue = "200000")
        int maxIterations,

        @Setting(description = "Duality gap 2 max (A p), A = P - 1/2, at which it stops", defaultValue = "1e-6")
        double tolerance) {

    /// Refuses what could not be run.
    public PrmPlusSettings {
        atLeast(1, "max-iterations", maxIterations);
        positive("tolerance", tolerance);
    }
}
