package org.polyphony.spi.preference;

import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.context.PluginContext;

/// Where judgments come from: files, a survey platform, a labelling tool.
///
/// A source keeps who said what. It drops no judge, merges no votes and invents no judgment; what it
/// could not read it reports. **Threads.** Called on a virtual thread; it may block.
@ConsumerType
public interface PreferenceSource {

    /// Reads everything the settings name.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException with a `USER` code if the data are not what the
    ///     settings say
    PreferenceData read(SourceRequest request, PluginContext context);
}
