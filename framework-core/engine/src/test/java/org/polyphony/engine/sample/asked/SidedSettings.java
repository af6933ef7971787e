package org.polyphony.engine.sample.asked;

import org.polyphony.spi.plugin.Setting;

/// Settings of the sample.
public record SidedSettings(
        @Setting(
                description = "How much the first seat prefers the longer text; below 0 the shorter",
                defaultValue = "0.01")
        double strength) {}
