package org.polyphony.engine.bus;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.tensor.TensorBatch;

/// The answer of one call, and whether its caller still waits for it. Safe for use by many threads.
final class CallState {

    private final CompletableFuture<TensorBatch> answer = new CompletableFuture<>();
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

    /// Gives the caller its answer. Frees it if nobody waits any more.
    void answer(TensorBatch output) {
        if (!answer.complete(output)) {
            output.close();
        }
    }

    /// Tells the caller why there is no answer.
    void fail(Throwable why) {
        answer.completeExceptionally(why);
    }

    /// Waits for what [#answer], [#fail] or [#abandon] says first.
    ///
    /// @return the answer, which the caller claims
    TensorBatch await(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(nanos, TimeUnit.NANOSECONDS);
    }

    /// The caller, who is the one that awaits the answer, gives up: it is freed if it came at this moment, and the
    /// plugin is stopped.
    void abandon(Throwable why) {
        cancel(why);
        if (!answer.isCompletedExceptionally()) {
            answer.join().close();
        }
    }

    /// Tells the caller to wait no longer, unless the answer is there, and interrupts the plugin's thread, so that it
    /// need not finish what nobody waits for. Once: what it does to end is not interrupted again.
    void cancel(Throwable why) {
        synchronized (this) {
            if (!abandoned) {
                abandoned = true;
                if (worker != null) {
                    worker.interrupt();
                }
            }
        }
        answer.completeExceptionally(why);
    }
}
