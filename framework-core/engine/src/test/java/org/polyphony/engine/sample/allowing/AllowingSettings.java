package org.polyphony.engine.sample.allowing;

import org.polyphony.spi.plugin.Setting;

/// Settings of the sample.
public record AllowingSettings(
        @Setting(description = "How lenient, in [0, 1]", defaultValue = "0.5")
        double leniency) {

    public AllowingSettings {
        if (!(leniency >= 0 && leniency <= 1)) {
            throw new IllegalArgumentException("leniency must be in [0, 1], got " + leniency);
        }
    }
}
