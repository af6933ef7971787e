package org.polyphony.engine.bus;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.context.CallId;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.PluginId;
import org.polyphony.spi.tensor.TensorAllocator;

/// The context of one call.
final class CallContext implements PluginContext {

    private static final long PROGRESS_INTERVAL_NANOS = 50_000_000;

    private final StageTarget target;
    private final TensorScope scope;
    private final Run run;
    private final CallState state;
    private final String settings;
    private final Stage stage;
    private final long deadline;
    private final AtomicLong told = new AtomicLong(System.nanoTime() - PROGRESS_INTERVAL_NANOS);
    private final long seed;
    private final Consumer<Issue> issues;
    private volatile boolean ended;

    /// @param settings the key of those that the call uses
    /// @param deadline after which nobody waits, of `System.nanoTime()`
    CallContext(
            StageTarget target,
            TensorScope scope,
            Run run,
            CallState state,
            String settings,
            Stage stage,
            long deadline) {
        this.target = target;
        this.scope = scope;
        this.run = run;
        this.state = state;
        this.settings = settings;
        this.stage = stage;
        this.deadline = deadline;
        this.seed = run.seed();
        this.issues = issue -> run.listener().issue(stage, issue);
    }

    private CallContext(CallContext call, TensorScope scope, long seed, Consumer<Issue> issues) {
        this.target = call.target;
        this.scope = scope;
        this.run = call.run;
        this.state = call.state;
        this.settings = call.settings;
        this.stage = call.stage;
        this.deadline = call.deadline;
        this.seed = seed;
        this.issues = issues;
    }

    /// The context to open something in that later calls, of other runs, will use: it ends before this one, its seed is
    /// not the run's, and what is reported is kept.
    CallContext opening(TensorScope memory, long itsSeed, Consumer<Issue> kept) {
        return new CallContext(this, memory, itsSeed, kept);
    }

    @Override
    public TensorAllocator allocator() {
        requireOpen();
        return scope;
    }

    @Override
    public PluginId plugin() {
        requireOpen();
        return target.id();
    }

    @Override
    public <T extends Record> T settings(Class<T> type) {
        requireOpen();
        return target.settings(type, settings);
    }

    @Override
    public long seed() {
        requireOpen();
        return seed;
    }

    @Override
    public <T> List<T> parallel(int chunks, IntFunction<T> work) {
        checkCancelled();
        return target.parallel(chunks, work);
    }

    @Override
    public void progress(long done, long total) {
        long now = System.nanoTime();
        long last = told.get();
        boolean due = now - last >= PROGRESS_INTERVAL_NANOS && told.compareAndSet(last, now);
        if ((due || done == total) && !silent()) {
            quietly(() -> run.listener().advanced(stage, done, total));
        }
    }

    @Override
    public long remainingNanos() {
        requireOpen();
        return deadline - System.nanoTime();
    }

    @Override
    public System.Logger logger() {
        requireOpen();
        return System.getLogger("polyphony.plugin." + target.id().id());
    }

    @Override
    public CallId call() {
        requireOpen();
        return new CallId(run.id(), stage.toString());
    }

    @Override
    public Path cache() {
        requireOpen();
        return target.cache();
    }

    @Override
    public void checkCancelled() {
        requireOpen();
        if (run.isCancelled() || state.isAbandoned()) {
            throw new AlignmentException(StandardErrorCode.CANCELLED, stage + " of run " + run.id() + " was cancelled");
        }
    }

    @Override
    public void report(Issue issue) {
        if (!silent()) {
            quietly(() -> issues.accept(issue));
        }
    }

    /// The plugin has returned: what a thread that it left behind still tells is not heard, and what it asks for is
    /// refused.
    void end() {
        ended = true;
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException(
                    "a context is valid until its call returns; that of " + stage + " was used afterwards");
        }
    }

    private boolean silent() {
        return ended || state.isAbandoned();
    }

    // a broken progress bar must not fail a solve
    private void quietly(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            System.getLogger(CallContext.class.getName())
                    .log(Level.WARNING, "the listener of " + run.id() + " threw", e);
        }
    }
}
