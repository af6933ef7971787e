package org.polyphony.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.polyphony.engine.plugin.PluginHost;

/// How an engine is started.
///
/// @param pluginFolders folders with plugin bundles; one that does not exist is an issue, not ignored
/// @param pluginTimeout how long a plugin may take for one call, > 0
public record EngineOptions(List<Path> pluginFolders, Duration pluginTimeout) {

    public EngineOptions {
        pluginFolders = List.copyOf(pluginFolders);
        if (pluginTimeout.isNegative() || pluginTimeout.isZero()) {
            throw new IllegalArgumentException("a plugin's time must be > 0, got " + pluginTimeout);
        }
    }

    /// An engine with the plugins of these folders, each call of which may take half an hour.
    public static EngineOptions of(List<Path> pluginFolders) {
        return new EngineOptions(pluginFolders, PluginHost.CALL_LIMIT);
    }

    /// The same with this time for one call of a plugin.
    public EngineOptions withPluginTimeout(Duration timeout) {
        return new EngineOptions(pluginFolders, timeout);
    }
}
