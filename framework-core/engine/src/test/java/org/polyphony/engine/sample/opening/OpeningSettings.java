package org.polyphony.engine.sample.opening;

import org.polyphony.spi.plugin.Setting;

/// Settings of the sample.
public record OpeningSettings(
        @Setting(description = "Added to every weight", defaultValue = "0")
        double bias) {}
