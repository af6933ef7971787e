package org.polyphony.plugin.evaluator.preferences;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.positive;

import java.util.List;
import org.polyphony.spi.plugin.Setting;

/// Which circular preferences are tried.
///
/// @param cycleRidges ridges of the planes of circular preference
/// @param cyclePlanes planes of circular preference
public record CycleGrid(
        @Setting(description = "ridges of circular preference to try; empty: 5, 15")
        List<Double> cycleRidges,

        @Setting(description = "planes of circular preference", defaultValue = "1")
        int cyclePlanes) {

    /// Refuses what cannot be computed, and fills in the default grid.
    public CycleGrid {
        cycleRidges = cycleRidges.isEmpty() ? List.of(5.0, 15.0) : List.copyOf(cycleRidges);
        for (double strength : cycleRidges) {
            positive("cycle-ridges", strength);
        }
        atLeast(1, "cycle-planes", cyclePlanes);
    }
}
