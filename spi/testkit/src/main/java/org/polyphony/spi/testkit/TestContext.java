package org.polyphony.spi.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.context.CallId;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.NoSettings;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.PluginId;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Shape;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.tensor.TensorAllocator;
import org.polyphony.support.Declarations;
import org.polyphony.support.settings.SettingsBinder;

/// A plugin's context for plain JUnit: one call's memory, settings, seed and threads, and a record of what
/// the plugin reported.
///
/// Close it after the assertions: everything the plugin allocated is then overwritten and freed, so that a
/// tensor kept beyond its call fails loudly.
///
/// {@snippet :
/// try (var context = TestContext.forPlugin(algorithm).withSeed(7)) {
///     var solution = algorithm.align(context.share(request), context);
///     TensorAssert.assertThat(solution.buckets().getFirst().logPolicy()).hasShape(1, 3);
/// }
/// }
public final class TestContext implements PluginContext, AutoCloseable {

    /// Alignment of every tensor handed out, in bytes; what the framework guarantees too.
    public static final int ALIGNMENT = 64;

    // -1 in every byte: NaN as FLOAT64 and FLOAT32, -1 as an integer
    private static final byte POISON = -1;

    private final PluginId plugin;
    private final Record settings;
    private final long seed;
    private final int threads;
    private final long memoryLimit;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> allocated = Collections.synchronizedList(new ArrayList<>());
    private final List<Progress> steps = Collections.synchronizedList(new ArrayList<>());
    private final List<Issue> issues = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong checksLeft = new AtomicLong(Long.MAX_VALUE);
    private final ContractWatch.@Nullable Wrongs wrongs = ContractWatch.current();
    private @Nullable Path cache;
    private volatile boolean ended;

    private TestContext(PluginId plugin, Record settings, long seed, int threads, long memoryLimit) {
        this.plugin = plugin;
        this.settings = settings;
        this.seed = seed;
        this.threads = threads;
        this.memoryLimit = memoryLimit;
    }

    /// A context for a plugin that takes no settings. Seed 1, two threads, no limit on memory.
    public static TestContext create() {
        return of(new NoSettings());
    }

    /// A context with these settings. Seed 1, two threads, no limit on memory.
    public static TestContext of(Record settings) {
        return new TestContext(new PluginId(PluginId.UNNAMED, "test", "0"), settings, 1, 2, Long.MAX_VALUE);
    }

    /// A context with the default settings of this plugin, as its [Plugin] annotation declares them.
    public static TestContext forPlugin(Object plugin) {
        return forPlugin(plugin, Map.of());
    }

    /// A context with settings as a study writes them, bound as the engine binds them: by their names in files, those
    /// left out at their defaults.
    ///
    /// @param written texts, numbers, booleans, lists and maps; for example `Map.of("max-steps", 10)`
    /// @throws IllegalArgumentException if the engine would not accept them
    public static TestContext forPlugin(Object plugin, Map<String, ?> written) {
        return Declarations.of(plugin.getClass()).stream()
                .findFirst()
                .map(declared -> forPlugin(declared, written))
                .orElseGet(TestContext::create);
    }

    /// The same, of a class that is several plugins as this one of them.
    public static TestContext forPlugin(Plugin declared, Map<String, ?> written) {
        return of(bound(declared.settings(), written)).as(declared.id());
    }

    /// The settings record of a study that sets nothing.
    ///
    /// @throws IllegalArgumentException if a setting is required, or a default is not of its type
    public static <R extends Record> R defaults(Class<R> type) {
        return bound(type, Map.of());
    }

    private static <R extends Record> R bound(Class<R> type, Map<String, ?> written) {
        var bound = SettingsBinder.bind(type, written, "");
        return bound.value()
                .orElseThrow(() -> new IllegalArgumentException("no " + type.getName() + " of " + written + ": "
                        + bound.issues().stream()
                                .map(issue -> issue.location() + ": " + issue.message())
                                .collect(Collectors.joining("; "))
                        + "; give the test context a settings record"));
    }

    /// The same for a plugin of this name, with memory and records of its own.
    public TestContext as(String id) {
        return new TestContext(
                new PluginId(plugin.vendor(), id, plugin.version()), settings, seed, threads, memoryLimit);
    }

    /// The same settings under another seed, with memory and records of its own.
    public TestContext withSeed(long value) {
        return new TestContext(plugin, settings, value, threads, memoryLimit);
    }

    /// The same with this many threads for [#parallel], with memory and records of its own.
    public TestContext withThreads(int count) {
        return new TestContext(plugin, settings, seed, count, memoryLimit);
    }

    /// The same with this much memory in bytes, with memory and records of its own.
    public TestContext withMemoryLimit(long limit) {
        return new TestContext(plugin, settings, seed, threads, limit);
    }

    /// A copy of a request as a plugin sees it in a run: off the heap, aligned, and read-only, so that
    /// writing to it throws.
    public <T> T share(T value) {
        return SpiValues.map(value, tensor -> {
            var copy = allocateUnlimited(tensor.type(), tensor.shape());
            copy.data().copyFrom(tensor.data());
            return copy.asReadOnly();
        });
    }

    /// From now on every [#checkCancelled] throws.
    public TestContext cancel() {
        return cancelAfter(0);
    }

    /// Lets `checks` calls of [#checkCancelled] pass; later ones throw.
    public TestContext cancelAfter(long checks) {
        checksLeft.set(checks);
        return this;
    }

    /// What the plugin told about its progress, in order of arrival.
    public List<Progress> steps() {
        synchronized (steps) {
            return List.copyOf(steps);
        }
    }

    /// What the plugin reported, in order of arrival.
    public List<Issue> issues() {
        synchronized (issues) {
            return List.copyOf(issues);
        }
    }

    /// How many bytes the plugin allocated so far.
    public long allocatedBytes() {
        return bytes.get();
    }

    @Override
    public TensorAllocator allocator() {
        requireOpen();
        return this::allocate;
    }

    @Override
    public PluginId plugin() {
        requireOpen();
        return plugin;
    }

    @Override
    public <T extends Record> T settings(Class<T> type) {
        requireOpen();
        if (!type.isInstance(settings)) {
            throw new IllegalArgumentException("the settings of this context are a "
                    + settings.getClass().getName() + ", asked for " + type.getName());
        }
        return type.cast(settings);
    }

    @Override
    public long seed() {
        requireOpen();
        return seed;
    }

    @Override
    public <T> List<T> parallel(int chunks, IntFunction<T> work) {
        requireOpen();
        var results = new @Nullable Object[chunks];
        var failures = new @Nullable Throwable[chunks];
        var next = new AtomicInteger();
        Runnable worker = () -> {
            for (int chunk = next.getAndIncrement(); chunk < chunks; chunk = next.getAndIncrement()) {
                try {
                    results[chunk] = work.apply(chunk);
                } catch (RuntimeException | Error e) {
                    failures[chunk] = e;
                    next.set(chunks); // chunks start in order, so every earlier one has started and will finish
                }
            }
        };
        var factory = Thread.ofPlatform().name("testkit-", 0).daemon().factory();
        try (var pool = Executors.newFixedThreadPool(threads, factory)) {
            for (int i = 0; i < Math.min(threads, chunks); i++) {
                pool.execute(worker);
            }
        }
        for (var failure : failures) {
            switch (failure) {
                case null -> {}
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                default -> throw new IllegalStateException(failure);
            }
        }
        @SuppressWarnings("unchecked") // the array holds what `work` returned
        var list = (List<T>) Arrays.asList(results);
        return list;
    }

    @Override
    public void progress(long done, long total) {
        requireOpen();
        if (done < 0 || done > total) {
            throw new IllegalArgumentException("progress must be 0 to " + total + ", got " + done);
        }
        steps.add(new Progress(done, total));
    }

    @Override
    public void checkCancelled() {
        requireOpen();
        if (checksLeft.getAndUpdate(left -> left > 0 ? left - 1 : 0) == 0) {
            throw new AlignmentException(StandardErrorCode.CANCELLED, "the run was cancelled");
        }
    }

    @Override
    public void report(Issue issue) {
        requireOpen();
        issues.add(issue);
    }

    /// No limit.
    @Override
    public long remainingNanos() {
        requireOpen();
        return Long.MAX_VALUE;
    }

    @Override
    public System.Logger logger() {
        requireOpen();
        return System.getLogger("polyphony.plugin." + plugin.id());
    }

    @Override
    public CallId call() {
        requireOpen();
        return new CallId("test", plugin.id());
    }

    /// A folder of this context alone, which is deleted when it is closed.
    @Override
    public synchronized Path cache() {
        requireOpen();
        if (cache == null) {
            try {
                cache = Files.createTempDirectory("polyphony-test-cache-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return cache;
    }

    private synchronized void deleteCache() {
        if (cache == null) {
            return;
        }
        try (var files = Files.walk(cache)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a plugin's files cannot be deleted; close what it opens", e);
        }
    }

    /// Overwrites and frees everything handed out, and deletes the cache; using it afterwards throws.
    @Override
    public void close() {
        ended = true;
        deleteCache();
        synchronized (allocated) {
            allocated.forEach(segment -> segment.fill(POISON));
        }
        arena.close();
    }

    // what a thread of its own does too late is told even where nobody sees it fail
    private void requireOpen() {
        if (ended) {
            var text = "a context is valid until its call returns; this one was used afterwards";
            if (wrongs != null) {
                wrongs.tell(text);
            }
            throw new IllegalStateException(text);
        }
    }

    private Tensor allocate(ElementType type, Shape shape) {
        requireOpen();
        long wanted = Math.multiplyExact(shape.size(), (long) type.byteSize());
        long total = bytes.addAndGet(wanted);
        if (total > memoryLimit) {
            bytes.addAndGet(-wanted);
            throw new AlignmentException(
                    StandardErrorCode.MEMORY_EXHAUSTED,
                    "a " + type + shape + " tensor needs " + wanted + " bytes, " + (memoryLimit - total + wanted)
                            + " of " + memoryLimit + " are left");
        }
        return allocateUnlimited(type, shape);
    }

    private Tensor allocateUnlimited(ElementType type, Shape shape) {
        var segment = arena.allocate(Math.multiplyExact(shape.size(), (long) type.byteSize()), ALIGNMENT);
        allocated.add(segment);
        return Tensor.of(type, shape, segment);
    }

    /// One report of progress.
    ///
    /// @param done steps done
    /// @param total steps in all
    public record Progress(long done, long total) {}
}
