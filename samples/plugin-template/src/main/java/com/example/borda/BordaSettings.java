package com.example.borda;

import org.polyphony.spi.plugin.Setting;

/// Settings of the Borda rule.
public record BordaSettings(
        @Setting(
                description = "How much a higher score counts: log-odds per unit of score, larger is stricter",
                defaultValue = "20")
        double sharpness) {

    public BordaSettings {
        if (!(sharpness > 0)) {
            throw new IllegalArgumentException("sharpness must be > 0, got " + sharpness);
        }
    }
}
