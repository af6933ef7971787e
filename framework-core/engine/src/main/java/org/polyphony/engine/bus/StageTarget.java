package org.polyphony.engine.bus;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import org.polyphony.engine.plugin.Opened;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.spi.plugin.PluginId;

/// One generation of a plugin, entered for one call. The endpoint closes it when the plugin's code has
/// returned, which may be after the caller gave up.
public interface StageTarget extends AutoCloseable {

    /// The plugin, an instance of its role's interface.
    Object plugin();

    /// As which plugin it is called.
    PluginId id();

    /// The generation's name in failures and leak reports, for example `nash-dpo 0.2.0`.
    String owner();

    /// The generation's memory account.
    OwnerMemory memory();

    /// Starts a virtual thread of the generation for each task.
    Executor calls();

    /// Runs `work` for `0 … chunks-1` on platform threads of the generation, for loops over numbers; blocks until all
    /// are done, and returns the results in chunk order. An interrupt of the calling thread cancels the chunks that
    /// have not started.
    ///
    /// @throws RuntimeException the first failure in chunk order
    <T> List<T> parallel(int chunks, IntFunction<T> work);

    /// The validated settings record that was registered under `key`; [StageCall#DEFAULT_SETTINGS] names the
    /// record of all defaults.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException if there is none or it is of another type
    <T extends Record> T settings(Class<T> type, String key);

    /// The same settings as plain values by their names in files.
    Map<String, Object> settings(String key);

    /// A folder of the generation alone, made when first asked for.
    Path cache();

    /// What the plugin has opened.
    Opened opened();

    /// Says that this call ended badly, before it is left. One that only nobody waits for any more did not.
    void failed();

    /// Leaves the generation. Does not block and does not throw.
    @Override
    void close();

    /// Finds the plugin that a lease holds. Implemented by whoever keeps slots and generations.
    @FunctionalInterface
    interface Provider {

        /// Enters the generation that `lease` holds in `slot`. The generation must stay started, its class
        /// loader and its threads usable, until the target is closed, even if the lease is given back before.
        /// Called on the thread of some caller, while others may wait: it must not block.
        ///
        /// @throws org.polyphony.spi.error.AlignmentException if the slot has no such lease
        StageTarget target(String slot, String lease);
    }
}
