package org.polyphony.engine.slot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.polyphony.engine.bus.PluginCall;
import org.polyphony.engine.bus.StageCall;
import org.polyphony.engine.bus.StageTarget;
import org.polyphony.engine.plugin.BundleImage;
import org.polyphony.engine.plugin.LoaderWatch;
import org.polyphony.engine.plugin.PluginDescriptor;
import org.polyphony.engine.plugin.PluginHost;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;

/// The slots of an engine: which plugin fills each, and how one version is replaced by the next while calls go
/// on. Requests take a [LeaseSet]; the bus enters plugins through [#target]. Safe for use by many threads.
public final class Slots implements StageTarget.Provider, AutoCloseable {

    private final PluginHost host;
    private final TensorMemory memory;
    private final SlotLimits limits;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final Map<String, LeaseSet> leases = new ConcurrentHashMap<>();
    private final Set<Former> former = ConcurrentHashMap.newKeySet();
    private final AtomicLong leaseNumbers = new AtomicLong();
    private volatile Epoch epoch = Epoch.empty();
    private volatile boolean closed;

    private Slots(PluginHost host, TensorMemory memory, SlotLimits limits) {
        this.host = host;
        this.memory = memory;
        this.limits = limits;
    }

    /// Slots without any plugin yet. Host and memory stay the caller's to close, after the slots.
    public static Slots open(PluginHost host, TensorMemory memory, SlotLimits limits) {
        return new Slots(host, memory, limits);
    }

    /// Creates a slot and fills it. The plugin is not tested yet, since its settings are bound afterwards: see
    /// [#bind], then [#test].
    ///
    /// @param name without dots
    /// @throws AlignmentException if the plugin cannot be installed or constructed; there is no slot then
    public GenerationId fill(String name, BundleImage image, PluginDescriptor plugin) {
        var slot = Slot.of(name, plugin.role());
        if (slots.putIfAbsent(name, slot) != null) {
            throw new IllegalArgumentException("the slot '" + name + "' is filled; swap it");
        }
        try {
            var first = start(slot, image, plugin);
            try {
                flip(first);
            } catch (AlignmentException e) {
                discard(first);
                throw e;
            }
            return first.id();
        } catch (RuntimeException | Error e) {
            slots.remove(name);
            throw e;
        }
    }

    /// Takes a lease on every slot, of one moment.
    ///
    /// @throws AlignmentException with code `CANCELLED` once the slots are being closed
    public LeaseSet lease() {
        return lease(_ -> true);
    }

    /// Takes a lease on these slots, of one moment. A swap waits for the leases on its own slot only: a request
    /// that names what it needs does not hold up the others.
    ///
    /// @throws AlignmentException with code `CANCELLED` once the slots are being closed
    public LeaseSet lease(Set<String> names) {
        names.forEach(this::generation);
        return lease(names::contains);
    }

    private LeaseSet lease(Predicate<String> wanted) {
        var id = "lease-" + leaseNumbers.incrementAndGet();
        while (!closed) {
            var set = LeaseSet.take(id, epoch.only(wanted), closing -> leases.remove(closing.id()));
            if (set != null) {
                leases.put(id, set);
                return set;
            }
            // a generation was closed after the epoch was read: there is a newer epoch, or none any more
            Thread.onSpinWait();
        }
        throw closedFailure();
    }

    @Override
    public StageTarget target(String slot, String lease) {
        var set = leases.get(lease);
        if (set == null) {
            throw new AlignmentException(
                    StandardErrorCode.INTERNAL, "the lease '" + lease + "' does not exist or was given back");
        }
        var generation = set.generation(slot);
        return generation.enter(generation.meter());
    }

    /// Binds what a person wrote to a slot, for calls that name `key`: to the plugin that fills it, and to every
    /// version that will.
    ///
    /// @param path where the tree stands in its file, for issues
    /// @return everything that is wrong; nothing is kept then
    public List<Issue> bind(String name, String key, Map<String, ?> tree, String path) {
        var slot = slot(name);
        slot.turn().lock();
        try {
            var issues = generation(name).bind(key, tree, path);
            if (issues.isEmpty()) {
                slot.uses().put(key, new Use(new LinkedHashMap<>(tree), path, List.of()));
            }
            return issues;
        } finally {
            slot.turn().unlock();
        }
    }

    /// The formulations that the algorithm of a slot was tested for, sorted.
    public Set<String> formulations(String name) {
        var all = new TreeSet<String>();
        slot(name).uses().values().forEach(use -> all.addAll(use.formulations()));
        return all;
    }

    /// How calls on the generation that fills the slot now go.
    public CallMeter meter(String name) {
        return generation(name).meter();
    }

    /// What fills the slot now.
    public PluginDescriptor plugin(String name) {
        return generation(name).installed().descriptor();
    }

    /// Which generation fills the slot now.
    public GenerationId current(String slot) {
        return generation(slot).id();
    }

    /// The bytes of the bundle that fills the slot now, to go back to after a swap.
    public BundleImage image(String slot) {
        return generation(slot).image();
    }

    /// Replaces the plugin of a slot: the new version is installed and started beside the old one and must pass
    /// its golden calls; new requests get it from one moment on; calls on the old one end, or are cancelled after
    /// the limit; then the old one is stopped and uninstalled. Blocks until all of that is done.
    ///
    /// @throws AlignmentException as [#begin]: nothing has changed then
    public SwapReport swap(String name, BundleImage image, PluginDescriptor plugin) {
        try (var swap = begin(name, image, plugin)) {
            swap.flip();
            return swap.settle();
        }
    }

    /// Begins to replace the plugin of a slot: installs and starts the new version beside the old one, binds the
    /// slot's settings to it and runs its golden calls on them. The caller closes it.
    ///
    /// @throws AlignmentException if the new version cannot be installed or started, does not take the settings
    ///     or does not pass: nothing has changed then. With code `PLUGIN_TIMEOUT` if an earlier swap of the slot
    ///     is not done in time
    public Swap begin(String name, BundleImage image, PluginDescriptor plugin) {
        var slot = slot(name);
        if (image.nativeCode()) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_REJECTED,
                    image + " holds native code and cannot be swapped while the process runs; restart with it instead");
        }
        awaitTurn(slot);
        try {
            var old = generation(name);
            var next = start(slot, image, plugin);
            long start = System.nanoTime();
            int calls = test(slot, next);
            var trial = new SwapReport.Trial(calls, Duration.ofNanos(System.nanoTime() - start));
            return new Swap(this, old, next, trial, slot.turn()::unlock);
        } catch (RuntimeException | Error e) {
            slot.turn().unlock();
            throw e;
        }
    }

    private Slot slot(String name) {
        var slot = slots.get(name);
        if (slot == null) {
            throw new IllegalArgumentException("there is no slot '" + name + "'");
        }
        return slot;
    }

    private void awaitTurn(Slot slot) {
        try {
            if (!slot.turn().tryLock(limits.turn().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AlignmentException(
                        StandardErrorCode.PLUGIN_TIMEOUT,
                        "the slot '" + slot.name() + "' is still draining an earlier version; there are never more"
                                + " than two, try again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AlignmentException(
                    StandardErrorCode.CANCELLED, "the swap of '" + slot.name() + "' was cancelled", e);
        }
    }

    private Generation start(Slot slot, BundleImage image, PluginDescriptor plugin) {
        var id = slot.next(plugin);
        var installed = host.install(image, plugin);
        return new Generation(id, image, installed, memory, limits.opened());
    }

    private int test(Slot slot, Generation next) {
        try {
            if (slot.uses().isEmpty()) {
                return test(next, StageCall.DEFAULT_SETTINGS, List.of());
            }
            int calls = 0;
            for (var use : new TreeMap<>(slot.uses()).entrySet()) {
                require(
                        next,
                        next.bind(
                                use.getKey(),
                                use.getValue().settings(),
                                use.getValue().path()));
                calls += test(next, use.getKey(), use.getValue().formulations());
            }
            return calls;
        } catch (RuntimeException | Error e) {
            discard(next);
            throw e;
        }
    }

    private static void require(Generation next, List<Issue> issues) {
        if (!issues.isEmpty()) {
            throw new AlignmentException(
                    StandardErrorCode.SETTING_INVALID,
                    next.id() + " does not take the settings of its slot: "
                            + String.join(
                                    "; ", issues.stream().map(Issue::message).toList()));
        }
    }

    /// Runs the golden calls of the plugin that fills a slot, on settings that were bound to it. Every version that
    /// replaces it must pass the same.
    ///
    /// @param settings their key
    /// @param formulations those an algorithm will be asked for; empty means all it offers
    /// @return how many calls there were
    /// @throws AlignmentException if the plugin does not pass; it still fills the slot
    public int test(String slot, String settings, List<String> formulations) {
        slot(slot).uses().computeIfPresent(settings, (_, use) -> use.tested(formulations));
        return test(generation(slot), settings, formulations);
    }

    // on a thread of the generation, as every call is
    private int test(Generation next, String settings, List<String> formulations) {
        var golden = next.calls().submit(() -> {
            try (var target = next.enter(new CallMeter())) {
                var plugin = next.installed().descriptor();
                return PluginCall.golden(
                        target,
                        plugin.role(),
                        next.id().slot(),
                        settings,
                        formulations.isEmpty() ? plugin.formulations() : formulations,
                        limits.selfTest());
            }
        });
        try {
            return golden.get(limits.selfTest().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof AlignmentException failed
                    ? failed
                    : new AlignmentException(
                            StandardErrorCode.PLUGIN_FAILED, next.id() + " failed its self-test: " + e.getCause(), e);
        } catch (TimeoutException e) {
            golden.cancel(true);
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_TIMEOUT,
                    next.id() + " did not finish its self-test within " + limits.selfTest(),
                    e);
        } catch (InterruptedException e) {
            golden.cancel(true);
            Thread.currentThread().interrupt();
            throw new AlignmentException(
                    StandardErrorCode.CANCELLED, "the self-test of " + next.id() + " was cancelled", e);
        }
    }

    void discard(Generation generation) {
        generation.leases().release();
        stop(generation, limits.stop());
    }

    // whether its class loader is gone is seen after a collection of garbage that comes by itself: to ask for one at
    // each swap would stop all requests
    private Generation.Stopped stop(Generation generation, Duration limit) {
        var stopped = generation.stop(limit);
        former.removeIf(Former::gone);
        former.add(new Former(generation.id(), stopped.loader()));
        return stopped;
    }

    SwapReport retire(Generation old, Generation next, SwapReport.Trial trial) {
        long start = System.nanoTime();
        boolean drained = old.retire(limits.drain());
        var drain = Duration.ofNanos(System.nanoTime() - start);
        var stopped = stop(old, limits.stop());
        return new SwapReport(old.id(), next.id(), trial, drain, drained, stopped.leakedBytes());
    }

    /// The stopped generations, replaced, rejected or emptied, whose class loaders are still in memory, by slot and
    /// number. Each keeps all of its classes until a collection of garbage comes; what is there after one that was
    /// asked for is held by somebody, a leak.
    ///
    /// @param limit how long to ask for collections first, which stop all requests for moments; zero to not ask
    public List<GenerationId> lingering(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        former.removeIf(of -> of.loader().awaitCollected(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
        return former.stream()
                .map(Former::id)
                .sorted(Comparator.comparing(GenerationId::slot).thenComparingInt(GenerationId::number))
                .toList();
    }

    // the caller discards the generation where this throws
    synchronized void flip(Generation next) {
        if (closed || !slots.containsKey(next.id().slot())) {
            throw closedFailure();
        }
        epoch = epoch.with(next.id().slot(), next);
    }

    private Generation generation(String slot) {
        var generation = epoch.generations().get(slot);
        if (generation == null) {
            throw new IllegalArgumentException("there is no slot '" + slot + "'");
        }
        return generation;
    }

    private static AlignmentException closedFailure() {
        return new AlignmentException(StandardErrorCode.CANCELLED, "the engine is being closed");
    }

    /// Empties slots: waits for the leases that are out on them, cancels what exceeds the limit on draining, and
    /// uninstalls their plugins. Where no request holds a lease, a call that still runs was given up: nobody waits
    /// for it. Names of slots that are not there are passed over.
    public void clear(Set<String> names) {
        var last = new ArrayList<Generation>();
        synchronized (this) {
            epoch.generations().forEach((slot, generation) -> {
                if (names.contains(slot)) {
                    last.add(generation);
                }
            });
            epoch = epoch.without(names);
        }
        names.forEach(slots::remove);
        boolean awaited = leases.values().stream().anyMatch(set -> set.covers(names));
        last.forEach(generation -> {
            boolean drained = generation.retire(awaited ? limits.drain() : limits.givenUp());
            stop(generation, drained ? limits.stop() : limits.givenUp());
        });
    }

    /// Empties every slot; none can be filled any more.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        clear(new TreeSet<>(slots.keySet()));
    }

    /// A named place in the pipeline. Which generation fills it is said by the current [Epoch].
    ///
    /// @param name a part of bus addresses, without dots
    /// @param role what fills it
    /// @param turn held by the swap in progress: there are never more than two live generations
    /// @param numbers counts the generations
    /// @param uses what its plugin is used with, by the key of the settings
    private record Slot(String name, Role role, ReentrantLock turn, AtomicInteger numbers, Map<String, Use> uses) {

        static Slot of(String name, Role role) {
            return new Slot(name, role, new ReentrantLock(true), new AtomicInteger(), new ConcurrentHashMap<>());
        }

        GenerationId next(PluginDescriptor plugin) {
            if (plugin.role() != role) {
                throw new AlignmentException(
                        StandardErrorCode.UNSUPPORTED,
                        "the slot '" + name + "' takes a plugin of role " + role + ", " + plugin.title() + " is none");
            }
            return new GenerationId(
                    name,
                    numbers.incrementAndGet(),
                    plugin.id(),
                    plugin.version(),
                    plugin.bundle().sha256());
        }
    }

    /// A generation that was stopped.
    private record Former(GenerationId id, LoaderWatch loader) {

        boolean gone() {
            return loader.collected();
        }
    }

    /// What a slot's plugin is used with, whichever version it is.
    ///
    /// @param settings as written
    /// @param path where they stand in their file
    /// @param formulations those it is asked for; empty for all it offers
    private record Use(Map<String, Object> settings, String path, List<String> formulations) {

        Use tested(List<String> asked) {
            return new Use(settings, path, List.copyOf(asked));
        }
    }
}
