package org.polyphony.engine;

import java.nio.file.Path;
import java.util.List;

/// How an engine is started.
///
/// @param pluginFolders folders with plugin bundles; one that does not exist is an issue, not ignored
public record EngineOptions(List<Path> pluginFolders) {

    public EngineOptions {
        pluginFolders = List.copyOf(pluginFolders);
    }

    /// An engine with the plugins of these folders.
    public static EngineOptions of(List<Path> pluginFolders) {
        return new EngineOptions(pluginFolders);
    }
}
