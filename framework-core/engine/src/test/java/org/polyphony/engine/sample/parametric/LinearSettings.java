package org.polyphony.engine.sample.parametric;

import org.polyphony.spi.plugin.Setting;

/// Settings of the sample.
public record LinearSettings(
        @Setting(description = "Whether a policy is returned that scores new items", defaultValue = "true")
        boolean artefact) {}
