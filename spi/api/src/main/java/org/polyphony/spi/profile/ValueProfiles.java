package org.polyphony.spi.profile;

import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.context.PluginContext;

/// Opened profiles of people or groups. Immutable and thread-safe; holds nothing that needs closing.
@ConsumerType
public interface ValueProfiles {

    /// What the profiles predict about the candidates of items, for each seat asked for.
    PreferenceEstimate prefer(PreferRequest request, PluginContext context);
}
