package org.polyphony.plugin.profile.groups;

import java.util.List;
import org.polyphony.spi.plugin.Setting;

/// Planes of circular preference.
///
/// @param planes how many
/// @param planeRidges strengths that draw them to zero, one of which is chosen by held-out judges
record Planes(
        @Setting(description = "Planes of circular preference", defaultValue = "1")
        int planes,

        @Setting(description = "Strengths that draw planes to zero, chosen by held-out judges; absent: 1, 3, 10")
        List<Double> planeRidges) {

    Planes {
        planeRidges = planeRidges.isEmpty() ? List.of(1.0, 3.0, 10.0) : List.copyOf(planeRidges);
        planeRidges.forEach(strength -> GroupsSettings.positive("plane-ridges", strength, false));
        if (planes < 1 || planes > 16) {
            throw new IllegalArgumentException("planes must be 1 to 16, got " + planes);
        }
    }
}
