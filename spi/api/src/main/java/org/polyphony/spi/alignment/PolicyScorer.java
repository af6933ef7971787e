package org.polyphony.spi.alignment;

import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;

/// Opens policy artefacts so that they answer candidates they have not seen; this is what a gateway serves.
@ConsumerType
public interface PolicyScorer {

    /// Opens a policy.
    ///
    /// What is opened serves many calls, of any run: one is open for an artefact and settings at a time. It may
    /// keep the artefact, which lives as long as it does, and no context, neither of this call nor of another;
    /// the seed of this context is the artefact's, not a run's. One that throws is not remembered: the next call
    /// opens again.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException with code `ARTEFACT_UNREADABLE` if type or
    ///     version are unknown
    ScoredPolicy open(Artefact policy, PluginContext context);
}
