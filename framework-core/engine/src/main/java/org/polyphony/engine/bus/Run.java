package org.polyphony.engine.bus;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.polyphony.spi.error.Issue;

/// One run of the pipeline as its stages see it: identity, seed, listener, and whether it was cancelled. Safe
/// for use by many threads.
public final class Run {

    private final String id;
    private final long seed;
    private final Listener listener;
    private final Set<Runnable> onCancel = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /// Hears what the stages of a run tell while they work. Called on the plugin's threads, possibly many at once:
    /// it must be quick and must not throw. Calls that have returned or were given up are not heard any more.
    public interface Listener {

        /// A plugin told how far its call is.
        ///
        /// @param done steps done, 0 … total
        /// @param total how many steps there are
        void advanced(Stage stage, long done, long total);

        /// A plugin recorded something the user should know.
        void issue(Stage stage, Issue issue);
    }

    private Run(String id, long seed, Listener listener) {
        this.id = id;
        this.seed = seed;
        this.listener = listener;
    }

    /// A run.
    ///
    /// @param id unique among the runs of the process
    public static Run of(String id, long seed, Listener listener) {
        return new Run(id, seed, listener);
    }

    /// A run to which nobody listens.
    public static Run silent(String id, long seed) {
        return of(id, seed, new Listener() {
            @Override
            public void advanced(Stage stage, long done, long total) {}

            @Override
            public void issue(Stage stage, Issue issue) {}
        });
    }

    public String id() {
        return id;
    }

    public long seed() {
        return seed;
    }

    Listener listener() {
        return listener;
    }

    /// Cancels the run: calls that wait return at once with code `CANCELLED`, plugins are told and interrupted,
    /// further calls fail. A second call does nothing.
    public void cancel() {
        cancelled = true;
        onCancel.forEach(Runnable::run);
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /// Runs `action` when the run is cancelled, at once if it was. The action must bear being run twice.
    void onCancel(Runnable action) {
        onCancel.add(action);
        if (cancelled) {
            action.run();
        }
    }

    void forget(Runnable action) {
        onCancel.remove(action);
    }
}
