package org.polyphony.engine.sample.updating;

import org.polyphony.spi.plugin.Setting;

/// Settings of the sample.
public record UpdatingSettings(
        @Setting(description = "How strict, in [0, 1]", defaultValue = "0.5")
        double strictness) {

    public UpdatingSettings {
        if (!(strictness >= 0 && strictness <= 1)) {
            throw new IllegalArgumentException("strictness must be in [0, 1], got " + strictness);
        }
    }
}
