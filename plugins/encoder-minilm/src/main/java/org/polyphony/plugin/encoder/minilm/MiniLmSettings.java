package org.polyphony.plugin.encoder.minilm;

import org.polyphony.spi.plugin.Setting;

/// Settings of [MiniLmEncoder].
///
/// @param maxTokens word pieces of a text that are read, the two marks around it included; the rest is cut off
public record MiniLmSettings(
        @Setting(
                description = "Word pieces of a text that are read, 3 to 512; the rest is cut off",
                defaultValue = "256")
        int maxTokens) {

    public MiniLmSettings {
        if (maxTokens < 3 || maxTokens > 512) {
            throw new IllegalArgumentException("max-tokens is " + maxTokens + "; the model has positions for 3 to 512");
        }
    }
}
