package org.polyphony.spi.profile;

import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.context.PluginContext;

/// Opened profiles of people or groups. Immutable; opened once and asked often, by many threads at once, each
/// with a context of its own. Those that learn a person after the fit are [AdaptiveProfiles].
@ConsumerType
public interface ValueProfiles extends AutoCloseable {

    /// What the profiles predict about the candidates of items, from each viewpoint asked for.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException with code `VALUE_INVALID` if nobody of a
    ///     viewpoint is known; with code `UNSUPPORTED` if the profiles know no persons, no value dimension of
    ///     that name, no item of that id or no scores, and those are asked for
    PreferenceEstimate prefer(PreferRequest request, PluginContext context);

    /// Gives back what the heap does not hold: native memory, files, connections. Called once, after the last
    /// answer, on a thread of the plugin; the artefact can be read until it returns. Does nothing unless
    /// overridden.
    @Override
    default void close() {}
}
