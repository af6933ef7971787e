package org.polyphony.engine.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.bus.StageBus;
import org.polyphony.engine.plugin.PluginHost;
import org.polyphony.engine.plugin.PluginRegistry;
import org.polyphony.engine.slot.GenerationId;
import org.polyphony.engine.slot.SlotLimits;
import org.polyphony.engine.slot.Slots;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.trust.UniversalConstraints;

/// What stays for the life of the process: the installed plugins, the framework that runs them, their slots, the bus,
/// the memory of tensors and the universal constraints. Studies and requests are its clients; each takes an
/// [Assembly]. One per process. Safe for use by many threads.
///
/// Starting reads the plugins' manifests only; the framework, the bus and plugin code start with the first client.
public final class Deployment implements AutoCloseable {

    private final PluginRegistry registry;
    private final PluginHost host;
    private final TensorMemory memory;
    private final Slots slots;
    private final boolean network;
    private final AtomicLong numbers = new AtomicLong();
    private @Nullable StageBus bus;

    private Deployment(
            PluginRegistry registry, PluginHost host, TensorMemory memory, boolean network, SlotLimits limits) {
        this.registry = registry;
        this.host = host;
        this.memory = memory;
        this.network = network;
        this.slots = Slots.open(host, memory, limits);
    }

    /// A deployment of the plugins of a registry.
    ///
    /// @param timeout after which a plugin's call is given up
    /// @param tensorLimit most bytes of tensors outside the heap
    /// @param network whether plugins that need a network may be used
    public static Deployment of(PluginRegistry registry, Duration timeout, long tensorLimit, boolean network) {
        return of(registry, timeout, tensorLimit, network, SlotLimits.defaults());
    }

    /// The same with these limits on swaps.
    static Deployment of(
            PluginRegistry registry, Duration timeout, long tensorLimit, boolean network, SlotLimits limits) {
        return new Deployment(
                registry, PluginHost.create(timeout), TensorMemory.withLimit(tensorLimit), network, limits);
    }

    /// The stopped versions of plugins that are still in memory, see [Slots#lingering].
    ///
    /// @param limit how long to ask for collections of garbage first, zero to not ask
    List<GenerationId> lingering(Duration limit) {
        return slots.lingering(limit);
    }

    /// The plugins that are installed.
    public PluginRegistry registry() {
        return registry;
    }

    /// The framework that runs plugins.
    public PluginHost host() {
        return host;
    }

    /// The memory of tensors.
    public TensorMemory memory() {
        return memory;
    }

    /// Whether plugins that need a network may be used.
    public boolean network() {
        return network;
    }

    /// The constraints that no plugin can remove. Fails closed: without them nothing runs.
    public UniversalConstraints constraints() {
        return UniversalConstraints.shipped();
    }

    /// The bus that stages are called over.
    public synchronized StageBus bus() {
        if (bus == null) {
            bus = StageBus.start(memory);
        }
        return bus;
    }

    /// Slots of their own for one client, none filled yet. The client closes it.
    ///
    /// @param kind what the client is, for names in messages: `run`, for example
    public Assembly assembly(String kind) {
        return new Assembly(kind + "-" + numbers.incrementAndGet(), slots, bus());
    }

    @Override
    public void close() {
        var failures = new ArrayList<RuntimeException>();
        for (var closing : new Runnable[] {slots::close, host::close, this::closeBus, memory::close}) {
            try {
                closing.run();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private synchronized void closeBus() {
        if (bus != null) {
            bus.close();
            bus = null;
        }
    }
}
