package org.polyphony.engine.slot;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.polyphony.engine.bus.ParallelRunner;
import org.polyphony.engine.bus.StageTarget;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.PluginId;

/// One call's own lease on a generation, held while the plugin's code runs, even when the request it serves has
/// given up.
final class Lease implements StageTarget {

    private final Generation generation;
    private final String set;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Lease(Generation generation, String set) {
        this.generation = generation;
        this.set = set;
    }

    /// Takes one more lease.
    ///
    /// @param set the lease set whose settings the call uses
    /// @throws AlignmentException if the generation is closed
    static Lease take(Generation generation, String set) {
        if (!generation.leases().acquire()) {
            throw new AlignmentException(StandardErrorCode.INTERNAL, generation.id() + " is closed");
        }
        return new Lease(generation, set);
    }

    @Override
    public Object plugin() {
        return generation.installed().instance();
    }

    @Override
    public PluginId id() {
        return generation.installed().descriptor().plugin();
    }

    @Override
    public String owner() {
        return generation.id().toString();
    }

    @Override
    public OwnerMemory memory() {
        return generation.memory();
    }

    @Override
    public Executor calls() {
        return generation.calls();
    }

    @Override
    public ParallelRunner parallel() {
        return generation.workers();
    }

    @Override
    public <T extends Record> T settings(Class<T> type, String key) {
        var record = generation.settings(set, key);
        if (!type.isInstance(record)) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    owner() + " asked for settings of type " + type.getName() + ", but declares "
                            + record.getClass().getName());
        }
        return type.cast(record);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            generation.leases().release();
        }
    }
}
