package org.polyphony.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.polyphony.engine.plugin.PluginHost;

/// How an engine is started.
///
/// @param pluginFolders folders with plugin bundles; one that does not exist is an issue, not ignored
/// @param pluginTimeout how long a plugin may take for one call, > 0
/// @param tensorLimit bytes that all tensors together may take, outside the heap; positive
/// @param network whether plugins may be used that say that they need a service on a network
public record EngineOptions(List<Path> pluginFolders, Duration pluginTimeout, long tensorLimit, boolean network) {

    private static final long LEAST_TENSOR_LIMIT = 1L << 30;

    public EngineOptions {
        pluginFolders = List.copyOf(pluginFolders);
        if (pluginTimeout.isNegative() || pluginTimeout.isZero()) {
            throw new IllegalArgumentException("a plugin's time must be > 0, got " + pluginTimeout);
        }
        if (tensorLimit < 1) {
            throw new IllegalArgumentException("the limit of tensors must be positive, got " + tensorLimit);
        }
    }

    /// An engine with the plugins of these folders, each call of which may take half an hour. Tensors may take as
    /// much as the heap, at least 1 GB. No plugin that needs a network is used.
    public static EngineOptions of(List<Path> pluginFolders) {
        // the heap's limit derives from the machine's memory: so does this
        long limit = Math.max(LEAST_TENSOR_LIMIT, Runtime.getRuntime().maxMemory());
        return new EngineOptions(pluginFolders, PluginHost.CALL_LIMIT, limit, false);
    }

    /// The same with this time for one call of a plugin.
    public EngineOptions withPluginTimeout(Duration timeout) {
        return new EngineOptions(pluginFolders, timeout, tensorLimit, network);
    }

    /// The same with this limit on tensors, in bytes.
    public EngineOptions withTensorLimit(long limit) {
        return new EngineOptions(pluginFolders, pluginTimeout, limit, network);
    }

    /// The same where plugins may need a network, or may not.
    public EngineOptions withNetwork(boolean allowed) {
        return new EngineOptions(pluginFolders, pluginTimeout, tensorLimit, allowed);
    }
}
