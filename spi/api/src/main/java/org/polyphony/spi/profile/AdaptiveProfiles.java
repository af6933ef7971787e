package org.polyphony.spi.profile;

import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;

/// Opened profiles that learn a person after the fit from a few judgments, and say what to ask next. A profiler
/// whose [ValueProfiler#open] answers these can be asked both.
///
/// Neither changes what was fitted: whoever is not that person is answered as before. What was learned is an artefact
/// of its own, which whoever asks keeps and gives back as [Whose.Person#adapted].
@ConsumerType
public interface AdaptiveProfiles extends ValueProfiles {

    /// What is known of a person after these judgments. It depends on neither their order nor on who else was
    /// learned; without judgments it is what was known before.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException with code `VALUE_INVALID` if somebody else judged, or
    ///     nobody of those before is known; with code `ARTEFACT_UNREADABLE` if something else than one of these
    ///     profiles' persons was adapted before
    Artefact adapt(AdaptRequest request, PluginContext context);

    /// Pairs worth asking a person, the best first; none that this person judged, and none twice. Ask
    /// one, adapt, ask again: the second of them is chosen as if the first were not asked.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException as [#adapt] does
    Questions next(NextRequest request, PluginContext context);
}
