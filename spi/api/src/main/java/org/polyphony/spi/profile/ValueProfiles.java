package org.polyphony.spi.profile;

import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.context.PluginContext;

/// Opened profiles of people or groups. Immutable and thread-safe; holds nothing that needs closing.
@ConsumerType
public interface ValueProfiles {

    /// What the profiles predict about the candidates of items, from each viewpoint asked for.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException with code `VALUE_INVALID` if nobody of a
    ///     viewpoint is known; with code `UNSUPPORTED` if the profiles know no persons, no value dimension of
    ///     that name, no item of that id or no scores, and those are asked for
    PreferenceEstimate prefer(PreferRequest request, PluginContext context);
}
