package org.polyphony.spi.profile;

import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;

/// Learns what people and groups value from their judgments.
///
/// A fit is data: it can be stored, moved and opened elsewhere. **Threads.** Both methods are called from
/// many virtual threads at once; loops over numbers go to [PluginContext#parallel].
@ConsumerType
public interface ValueProfiler {

    /// Fits profiles to judgments.
    ///
    /// Judgments whose seat attribute is blank inform the population; they have no seat.
    Artefact fit(FitRequest request, PluginContext context);

    /// Opens profiles fitted before, by this or an older version of the plugin.
    ///
    /// What is opened serves many calls: it may keep the artefact, which lives as long as it does, and no
    /// context, neither of this call nor of another.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException with code `ARTEFACT_UNREADABLE` if type or
    ///     version are unknown
    ValueProfiles open(Artefact artefact, PluginContext context);
}
