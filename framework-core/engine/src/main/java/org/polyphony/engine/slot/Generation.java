package org.polyphony.engine.slot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.bus.StageCall;
import org.polyphony.engine.bus.StageTarget;
import org.polyphony.engine.io.TemporaryFolder;
import org.polyphony.engine.plugin.BundleImage;
import org.polyphony.engine.plugin.InstalledPlugin;
import org.polyphony.engine.plugin.LoaderWatch;
import org.polyphony.engine.plugin.Opened;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.PluginId;
import org.polyphony.support.settings.SettingsBinder;

/// One live version of a slot's plugin, with the memory and the threads that are its own. Requests hold leases;
/// the slot holds the first. When it is stopped nothing of the plugin is left in it.
final class Generation {

    private final GenerationId id;
    private final BundleImage image;
    private final InstalledPlugin installed;
    private final OwnerMemory memory;
    private final ExecutorService calls;
    private final ChunkWorkers workers;
    private final Opened opened;
    private final LeaseCount leases = new LeaseCount();
    private final CallMeter meter = new CallMeter();
    private final Map<String, Settings> settings = new ConcurrentHashMap<>();
    private @Nullable Path cache;
    private volatile boolean expired;

    /// Settings, and the same as plain values by their names in files.
    record Settings(Record record, Map<String, Object> inEffect) {

        private static Settings of(Record record) {
            return new Settings(record, SettingsBinder.inEffect(record));
        }
    }

    Generation(GenerationId id, BundleImage image, InstalledPlugin installed, TensorMemory tensors, int mostOpened) {
        this.id = id;
        this.image = image;
        this.installed = installed;
        this.memory = tensors.owner(id.toString());
        // nothing that its caller's thread carries along is the plugin's
        var calling = Thread.ofVirtual().name(id + " call").inheritInheritableThreadLocals(false);
        this.calls = Executors.newThreadPerTaskExecutor(task -> {
            var thread = calling.unstarted(task);
            thread.setContextClassLoader(installed.loader());
            return thread;
        });
        this.opened = new Opened(id.toString(), calls, mostOpened);
        this.workers = new ChunkWorkers(id.toString(), Runtime.getRuntime().availableProcessors(), installed::loader);
    }

    GenerationId id() {
        return id;
    }

    BundleImage image() {
        return image;
    }

    InstalledPlugin installed() {
        return installed;
    }

    ExecutorService calls() {
        return calls;
    }

    LeaseCount leases() {
        return leases;
    }

    /// How its calls went.
    CallMeter meter() {
        return meter;
    }

    /// Whether its drain limit has passed: it takes no more calls, whoever holds a lease.
    boolean expired() {
        return expired;
    }

    /// Takes one more lease, for one call: it is held while the plugin's code runs, even when the request it serves has
    /// given up.
    ///
    /// @param counted by whom the call is counted
    /// @throws AlignmentException if the generation is closed
    StageTarget enter(CallMeter counted) {
        if (!leases.acquire()) {
            throw new AlignmentException(StandardErrorCode.INTERNAL, id + " is closed");
        }
        return new Entered(counted.enter());
    }

    /// Binds settings and keeps them under `key`.
    List<Issue> bind(String key, Map<String, ?> tree, String path) {
        var bound = SettingsBinder.bind(installed.settings(), tree, path);
        bound.value().ifPresent(record -> settings.put(key, Settings.of(record)));
        return bound.issues();
    }

    /// The settings bound under `key`, or the defaults.
    Settings settings(String key) {
        var known = settings.get(key);
        if (known != null) {
            return known;
        }
        if (!key.equals(StageCall.DEFAULT_SETTINGS)) {
            throw new AlignmentException(
                    StandardErrorCode.INTERNAL, "no settings are kept for " + id + " under '" + key + "'");
        }
        var bound = SettingsBinder.bind(installed.settings(), Map.of(), "");
        return bound.value()
                .map(Settings::of)
                .orElseThrow(() -> new AlignmentException(
                        StandardErrorCode.SETTING_INVALID,
                        id.plugin() + " cannot run with default settings: "
                                + bound.issues().getFirst().message()));
    }

    private synchronized Path cache() {
        if (cache == null) {
            cache = TemporaryFolder.ofProcess().makeFolder("cache-");
        }
        return cache;
    }

    private synchronized void deleteCache() {
        if (cache != null) {
            TemporaryFolder.deleteTree(cache);
            cache = null;
        }
    }

    /// Gives back the slot's own lease and waits for the others; what then still runs is cancelled.
    ///
    /// @return false if the limit has passed first
    boolean retire(Duration limit) {
        leases.release();
        boolean drained = leases.awaitDrained(limit);
        expired = true;
        return drained;
    }

    /// Closes what was opened, ends threads, frees memory, uninstalls the bundle. Called once, after [#retire] or
    /// instead of it.
    Stopped stop(Duration limit) {
        expired = true;
        boolean closed = opened.stop(limit);
        if (leases.count() == 0) {
            calls.shutdown(); // threads that have left the plugin may still be sending its answer
        } else {
            calls.shutdownNow();
        }
        workers.close();
        try {
            var left = closed ? limit : Duration.ZERO; // what has not closed by now is not waited for twice
            if (!calls.awaitTermination(left.toNanos(), TimeUnit.NANOSECONDS) || !workers.awaitClosed(limit)) {
                System.getLogger(Generation.class.getName())
                        .log(System.Logger.Level.WARNING, "{0} has threads that do not end", id);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        settings.clear();
        deleteCache();
        long left = memory.allocated();
        memory.close();
        return new Stopped(left, installed.uninstall());
    }

    /// One call's own lease.
    private final class Entered implements StageTarget {

        private final CallMeter.Call call;
        private final AtomicBoolean left = new AtomicBoolean();

        Entered(CallMeter.Call call) {
            this.call = call;
        }

        @Override
        public Object plugin() {
            return installed.instance();
        }

        @Override
        public PluginId id() {
            return installed.descriptor().plugin();
        }

        @Override
        public String owner() {
            return id.toString();
        }

        @Override
        public OwnerMemory memory() {
            return memory;
        }

        @Override
        public Executor calls() {
            return calls;
        }

        @Override
        public <T> List<T> parallel(int chunks, IntFunction<T> work) {
            return workers.run(chunks, work);
        }

        @Override
        public <T extends Record> T settings(Class<T> type, String key) {
            var record = Generation.this.settings(key).record();
            if (!type.isInstance(record)) {
                throw new AlignmentException(
                        StandardErrorCode.PLUGIN_FAILED,
                        owner() + " asked for settings of type " + type.getName() + ", but declares "
                                + record.getClass().getName());
            }
            return type.cast(record);
        }

        @Override
        public Map<String, Object> settings(String key) {
            return Generation.this.settings(key).inEffect();
        }

        @Override
        public Path cache() {
            return Generation.this.cache();
        }

        @Override
        public Opened opened() {
            return opened;
        }

        @Override
        public void failed() {
            call.failed();
        }

        @Override
        public void close() {
            if (left.compareAndSet(false, true)) {
                call.end();
                leases.release();
            }
        }
    }

    /// What a generation left.
    ///
    /// @param leakedBytes tensor memory not given back
    /// @param loader watches its class loader
    record Stopped(long leakedBytes, LoaderWatch loader) {}
}
