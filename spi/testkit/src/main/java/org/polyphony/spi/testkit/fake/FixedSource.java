package org.polyphony.spi.testkit.fake;

import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.preference.SourceRequest;

/// Reads the data it was made with.
@Plugin(role = PreferenceSource.class, id = "fixed", summary = "Reads the data it was made with.")
public final class FixedSource implements PreferenceSource {

    private final PreferenceData data;

    /// A source of these data.
    public FixedSource(PreferenceData data) {
        this.data = data;
    }

    @Override
    public PreferenceData read(SourceRequest request, PluginContext context) {
        return data;
    }
}
