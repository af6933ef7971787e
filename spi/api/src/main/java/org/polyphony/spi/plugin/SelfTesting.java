package org.polyphony.spi.plugin;

import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.context.PluginContext;

/// A plugin that can prove on a golden input of its own that it works here. The engine runs it before it
/// uses a plugin: when a slot is first filled, and before a new version takes it.
@ConsumerType
public interface SelfTesting {

    /// Runs the golden call; settings are the defaults.
    ///
    /// @throws RuntimeException if the answer is not the golden one; the version is then not used
    void selfTest(PluginContext context);
}
