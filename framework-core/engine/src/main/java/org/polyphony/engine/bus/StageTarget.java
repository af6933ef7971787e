package org.polyphony.engine.bus;

import java.util.concurrent.Executor;
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

    /// The generation's platform threads, for loops over numbers.
    ParallelRunner parallel();

    /// The validated settings record that was registered under `key`; [StageCall#DEFAULT_SETTINGS] names the
    /// record of all defaults.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException if there is none or it is of another type
    <T extends Record> T settings(Class<T> type, String key);

    /// Leaves the generation. Does not block and does not throw.
    @Override
    void close();
}
