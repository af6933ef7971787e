package org.polyphony.engine.bus;

import org.jspecify.annotations.Nullable;

/// Whether the caller of one call still waits for it. Safe for use by many threads.
final class CallState {

    private @Nullable Thread worker;
    private volatile boolean abandoned;
    private volatile @Nullable String owner;

    boolean isAbandoned() {
        return abandoned;
    }

    /// Which plugin is being asked; nothing before it was found.
    @Nullable
    String owner() {
        return owner;
    }

    void found(String plugin) {
        owner = plugin;
    }

    /// Marks the calling thread as the one inside the plugin.
    ///
    /// @return false if the caller gave up before
    synchronized boolean enter() {
        worker = abandoned ? null : Thread.currentThread();
        return worker != null;
    }

    /// Marks the calling thread as outside the plugin again, without a pending interrupt.
    synchronized void leave() {
        worker = null;
        Thread.interrupted();
    }

    /// The caller gives up: the plugin's thread is interrupted, so that it need not finish what nobody waits for. Once:
    /// what it does to end is not interrupted again.
    synchronized void abandon() {
        if (abandoned) {
            return;
        }
        abandoned = true;
        if (worker != null) {
            worker.interrupt();
        }
    }
}
