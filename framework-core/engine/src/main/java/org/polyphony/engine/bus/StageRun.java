package org.polyphony.engine.bus;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// One run of the pipeline as its stages see it: identity, seed, listener, and whether it was cancelled. Safe
/// for use by many threads.
public final class StageRun {

    private final String id;
    private final long seed;
    private final StageListener listener;
    private final Set<Runnable> onCancel = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    private StageRun(String id, long seed, StageListener listener) {
        this.id = id;
        this.seed = seed;
        this.listener = listener;
    }

    /// A run.
    ///
    /// @param id unique among the runs of the process
    public static StageRun of(String id, long seed, StageListener listener) {
        return new StageRun(id, seed, listener);
    }

    public String id() {
        return id;
    }

    public long seed() {
        return seed;
    }

    public StageListener listener() {
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
