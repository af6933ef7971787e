package org.polyphony.engine.plugin;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;

/// What one generation of a plugin has opened: profiles and policies, each once for an artefact and settings,
/// lent to any number of calls at once. Safe for use by many threads.
///
/// Of calls that want the same at once one opens and the others wait; where it fails they try for themselves, so
/// that nobody is answered with the failure, or the cancellation, of another. What is lent is never closed; what
/// is not is closed when more than the limit are open, the one that was lent longest ago first, or when the
/// generation stops. Closing runs on a thread of the generation that serves no call.
public final class Opened {

    private final String owner;
    private final Executor threads;
    private final int most;
    // in the order in which they were last lent
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final Phaser closing = new Phaser(1);
    private boolean stopped;

    /// @param owner the generation, for messages
    /// @param threads starts a thread of the generation for each task
    /// @param most how many stay open, ≥ 1; there are more only while that many are lent
    public Opened(String owner, Executor threads, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one must stay open, got " + most);
        }
        this.owner = owner;
        this.threads = threads;
        this.most = most;
    }

    /// What is opened once.
    ///
    /// @param artefact its digest
    /// @param settings those in effect, as plain values by their names in files
    public record Key(String artefact, Map<String, Object> settings) {}

    /// A thing that was opened.
    ///
    /// @param value what the plugin made, closed first
    /// @param issues what it reported meanwhile: every run that uses it is told
    /// @param memory the artefact that it may read, closed after it
    public record Thing(AutoCloseable value, List<Issue> issues, AutoCloseable memory) {

        public Thing {
            issues = List.copyOf(issues);
        }
    }

    /// A thing in use by one call. Whoever borrowed it closes the loan.
    public static final class Loan<T> implements AutoCloseable {

        private final T value;
        private final Runnable giveBack;

        private Loan(T value, Runnable giveBack) {
            this.value = value;
            this.giveBack = giveBack;
        }

        /// What was opened. Not used after the loan.
        public T value() {
            return value;
        }

        /// Gives it back. Called once.
        @Override
        public void close() {
            giveBack.run();
        }
    }

    private static final class Entry {

        private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
        private volatile @Nullable Thing thing;
        private int calls;
    }

    /// Lends what is open under `key`, opened on the calling thread unless it is.
    ///
    /// @param told hears what was reported when it was opened
    /// @throws AlignmentException with code `CANCELLED` if the generation stops, or the thread is interrupted
    ///     while another opens; or whatever `open` throws
    @SuppressWarnings("unchecked") // a generation's things are all of the type that its role opens
    public <T extends AutoCloseable> Loan<T> lend(Key key, Supplier<Thing> open, Consumer<Issue> told) {
        while (true) {
            Entry entry;
            boolean first;
            List<Thing> surplus;
            synchronized (this) {
                if (stopped) {
                    throw new AlignmentException(StandardErrorCode.CANCELLED, owner + " is being stopped");
                }
                var known = entries.get(key);
                first = known == null;
                entry = known == null ? new Entry() : known;
                entry.calls++;
                entries.put(key, entry);
                surplus = surplus();
            }
            surplus.forEach(this::close);
            if (first) {
                open(key, entry, open);
            }
            var thing = await(entry);
            if (thing != null) {
                thing.issues().forEach(told);
                return new Loan<>((T) thing.value(), () -> giveBack(entry));
            }
        }
    }

    private void open(Key key, Entry entry, Supplier<Thing> open) {
        try {
            entry.thing = open.get();
        } catch (Throwable e) {
            synchronized (this) {
                entries.remove(key, entry);
            }
            throw e;
        } finally {
            entry.opened.complete(entry.thing != null);
        }
    }

    // null: the call that opened it has failed
    private @Nullable Thing await(Entry entry) {
        try {
            entry.opened.get();
            return entry.thing;
        } catch (InterruptedException e) {
            giveBack(entry);
            Thread.currentThread().interrupt();
            throw new AlignmentException(StandardErrorCode.CANCELLED, owner + " was cancelled", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void giveBack(Entry entry) {
        List<Thing> surplus;
        synchronized (this) {
            entry.calls--;
            surplus = surplus();
        }
        surplus.forEach(this::close);
    }

    /// Closes what is not in use and waits for it; what calls still use is closed when they return. Nothing is lent
    /// any more.
    ///
    /// @return false if the limit has passed first
    public boolean stop(Duration limit) {
        List<Thing> surplus;
        synchronized (this) {
            stopped = true;
            surplus = surplus();
        }
        surplus.forEach(this::close);
        try {
            closing.awaitAdvanceInterruptibly(closing.arrive(), limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    // taken out of the table, so that the next call opens anew
    private List<Thing> surplus() {
        var surplus = new ArrayList<Thing>();
        int allowed = stopped ? 0 : most;
        for (Iterator<Entry> idle = entries.values().iterator(); entries.size() > allowed && idle.hasNext(); ) {
            var entry = idle.next();
            var thing = entry.thing;
            if (entry.calls == 0 && thing != null) {
                idle.remove();
                surplus.add(thing);
            }
        }
        return surplus;
    }

    private void close(Thing thing) {
        closing.register();
        Runnable task = () -> {
            closeQuietly(thing.value());
            closeQuietly(thing.memory());
            closing.arriveAndDeregister();
        };
        try {
            threads.execute(task);
        } catch (RejectedExecutionException _) {
            task.run(); // the last call of a generation that was stopped meanwhile
        }
    }

    private void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Throwable e) {
            System.getLogger(Opened.class.getName())
                    .log(Level.WARNING, owner + " threw when what it had opened was closed", PluginFailure.of(e));
        }
    }
}
