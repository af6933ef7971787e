package org.polyphony.engine.slot;

import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.plugin.PluginDescriptor;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// The leases of one request or run, one for each slot it uses, all taken at once: whatever is swapped meanwhile, it
/// keeps to the generations it began with. Whoever took it closes it. Safe for use by many threads.
public final class LeaseSet implements AutoCloseable {

    private final String id;
    private final Epoch epoch;
    private final Consumer<LeaseSet> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LeaseSet(String id, Epoch epoch, Consumer<LeaseSet> onClose) {
        this.id = id;
        this.epoch = epoch;
        this.onClose = onClose;
    }

    /// Takes a lease on every generation of the epoch, or on none.
    ///
    /// @return null if one of them is closed: the epoch is over, read the current one
    static @Nullable LeaseSet take(String id, Epoch epoch, Consumer<LeaseSet> onClose) {
        var taken = new ArrayList<Generation>();
        for (var generation : epoch.generations().values()) {
            if (!generation.leases().acquire()) {
                taken.forEach(t -> t.leases().release());
                return null;
            }
            taken.add(generation);
        }
        return new LeaseSet(id, epoch, onClose);
    }

    /// The name of these leases in stage calls.
    public String id() {
        return id;
    }

    /// The generation of each slot, by slot.
    public Map<String, GenerationId> generations() {
        var ids = new TreeMap<String, GenerationId>();
        epoch.generations().forEach((slot, generation) -> ids.put(slot, generation.id()));
        return ids;
    }

    /// What the slot's plugin is.
    public PluginDescriptor plugin(String slot) {
        return generation(slot).installed().descriptor();
    }

    /// The settings in effect under `key`, as plain values by their names in files.
    public Map<String, Object> settings(String slot, String key) {
        return generation(slot).settings(key).inEffect();
    }

    /// Counts what a request measured of its answer for every generation that took part, see [CallMeter#measure].
    public void measure(String metric, double value) {
        epoch.generations().values().forEach(generation -> generation.meter().measure(metric, value));
    }

    Generation generation(String slot) {
        var generation = epoch.generations().get(slot);
        if (generation == null) {
            throw new AlignmentException(
                    StandardErrorCode.INTERNAL,
                    "there is no slot '" + slot + "' among those leased, "
                            + epoch.generations().keySet());
        }
        if (generation.expired()) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_TIMEOUT,
                    generation.id() + " was replaced and its calls took longer than the limit on draining;"
                            + " send the request again");
        }
        return generation;
    }

    /// Whether a lease is on one of these slots.
    boolean covers(Set<String> slots) {
        return epoch.generations().keySet().stream().anyMatch(slots::contains);
    }

    /// Gives all leases back. Calls that are inside a plugin keep its generation until they return. A second
    /// call does nothing.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            onClose.accept(this);
            for (var generation : epoch.generations().values()) {
                generation.leases().release();
            }
        }
    }

    @Override
    public String toString() {
        return id + " " + generations().values();
    }
}
