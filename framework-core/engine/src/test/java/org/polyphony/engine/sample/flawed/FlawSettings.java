package org.polyphony.engine.sample.flawed;

import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Setting;

/// Settings of the samples.
public record FlawSettings(
        @Setting(description = "How it breaks its contract", defaultValue = "none")
        Flaw flaw) {

    static Flaw of(PluginContext context) {
        return context.settings(FlawSettings.class).flaw();
    }
}
