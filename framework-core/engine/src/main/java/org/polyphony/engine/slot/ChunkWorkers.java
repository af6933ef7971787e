package org.polyphony.engine.slot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// The platform threads of one generation, one per core, created when first needed and ended with it: what a
/// plugin leaves in a thread-local dies with the generation.
final class ChunkWorkers implements AutoCloseable {

    private static final long IDLE_SECONDS = 30;

    private final String owner;
    private final int size;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger created = new AtomicInteger();

    /// @param loader tells the context class loader of new threads; asked each time, so that none is kept
    ChunkWorkers(String owner, int size, Supplier<ClassLoader> loader) {
        this.owner = owner;
        this.size = size;
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Worker(task, owner + " worker " + created.incrementAndGet(), loader.get()));
        threads.allowCoreThreadTimeOut(true);
    }

    /// See [org.polyphony.engine.bus.StageTarget#parallel].
    <T> List<T> run(int chunks, IntFunction<T> work) {
        if (chunks < 0) {
            throw new IllegalArgumentException("chunks must be >= 0, got " + chunks);
        }
        // a chunk that asks for chunks would wait for threads that wait for it
        if (Thread.currentThread() instanceof Worker worker && worker.belongsTo(this)) {
            var results = new ArrayList<T>(chunks);
            for (int i = 0; i < chunks; i++) {
                results.add(work.apply(i));
            }
            return results;
        }
        return new Batch<>(chunks, work).run();
    }

    /// Interrupts what runs and cancels what waits.
    @Override
    public void close() {
        threads.shutdownNow().forEach(waiting -> ((Batch<?>.Share) waiting).abandon());
    }

    /// Waits until all threads have ended.
    ///
    /// @return false if the limit has passed first
    boolean awaitClosed(Duration limit) {
        try {
            return threads.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return threads.isTerminated();
        }
    }

    private final class Worker extends Thread {

        Worker(Runnable task, String name, ClassLoader loader) {
            super(task, name);
            setDaemon(true);
            setContextClassLoader(loader);
        }

        boolean belongsTo(ChunkWorkers workers) {
            return ChunkWorkers.this == workers;
        }
    }

    /// One call: its threads take chunks in order, so that when a chunk fails all before it have been started and
    /// the first failure in chunk order is the same on every machine.
    private final class Batch<T> {

        private final int chunks;
        private final IntFunction<T> work;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger end;
        private final AtomicReferenceArray<@Nullable T> results;
        private final AtomicReferenceArray<@Nullable Throwable> failures;
        private final CountDownLatch shares;
        private volatile boolean cancelled;

        Batch(int chunks, IntFunction<T> work) {
            this.chunks = chunks;
            this.work = work;
            this.end = new AtomicInteger(chunks);
            this.results = new AtomicReferenceArray<>(chunks);
            this.failures = new AtomicReferenceArray<>(chunks);
            this.shares = new CountDownLatch(Math.min(size, chunks));
        }

        List<T> run() {
            for (long left = shares.getCount(); left > 0; left--) {
                var share = new Share();
                try {
                    threads.execute(share);
                } catch (RejectedExecutionException _) {
                    share.abandon();
                }
            }
            await();
            for (int i = 0; i < chunks; i++) {
                var failure = failures.get(i);
                if (failure != null) {
                    throw rethrown(failure);
                }
            }
            if (cancelled) {
                throw new AlignmentException(StandardErrorCode.CANCELLED, owner + " was cancelled");
            }
            var list = new ArrayList<T>(chunks);
            for (int i = 0; i < chunks; i++) {
                list.add(results.get(i));
            }
            return list;
        }

        // the memory of the call ends with it: chunks that have started must be waited for even when cancelled
        private void await() {
            boolean interrupted = false;
            while (true) {
                try {
                    shares.await();
                    break;
                } catch (InterruptedException _) {
                    interrupted = true;
                    cancel();
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void cancel() {
            cancelled = true;
            end.set(0);
        }

        private RuntimeException rethrown(Throwable failure) {
            return switch (failure) {
                case RuntimeException e -> e;
                case Error e -> throw e;
                default -> new AlignmentException(StandardErrorCode.PLUGIN_FAILED, owner + " failed", failure);
            };
        }

        /// What one thread does for the call.
        private final class Share implements Runnable {

            @Override
            public void run() {
                try {
                    for (int i = next.getAndIncrement(); i < end.get(); i = next.getAndIncrement()) {
                        chunk(i);
                    }
                } finally {
                    shares.countDown();
                }
            }

            private void chunk(int i) {
                try {
                    results.set(i, work.apply(i));
                } catch (Throwable e) {
                    failures.set(i, e);
                    end.accumulateAndGet(i, Math::min);
                }
            }

            void abandon() {
                cancel();
                shares.countDown();
            }
        }
    }
}
