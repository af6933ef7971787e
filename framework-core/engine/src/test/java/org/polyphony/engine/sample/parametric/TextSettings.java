package org.polyphony.engine.sample.parametric;

import org.polyphony.spi.plugin.Setting;

/// Settings of the sample.
public record TextSettings(
        @Setting(description = "Whether candidates have texts", defaultValue = "true")
        boolean texts) {}
