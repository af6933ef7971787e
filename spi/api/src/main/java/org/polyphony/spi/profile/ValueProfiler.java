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
    /// Judgments without a seat inform the population. Weights are weights: one of 2 teaches what the
    /// judgment given twice does.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException with code `JUDGMENTS_EMPTY` if every weight is 0;
    ///     with code `UNSUPPORTED` if people are to have profiles of their own, and this learns groups only
    ///
    Artefact fit(FitRequest request, PluginContext context);

    /// Opens profiles fitted before, by this or an older version of the plugin.
    ///
    /// What is opened serves many calls, of any run: one is open for an artefact and settings at a time. It may
    /// keep the artefact, which lives as long as it does, and no context, neither of this call nor of another;
    /// the seed of this context is the artefact's, not a run's. One that throws is not remembered: the next call
    /// opens again.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException with code `ARTEFACT_UNREADABLE` if type or
    ///     version are unknown
    ValueProfiles open(Artefact artefact, PluginContext context);
}
