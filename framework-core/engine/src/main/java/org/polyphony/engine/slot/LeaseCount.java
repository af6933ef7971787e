package org.polyphony.engine.slot;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Counts who still needs something. It starts at one, its owner's; once it has reached zero it stays there.
final class LeaseCount {

    private final AtomicLong leases = new AtomicLong(1);
    private final CountDownLatch drained = new CountDownLatch(1);

    /// Takes a lease, or returns `false` if the last one has been given back.
    boolean acquire() {
        long n;
        do {
            n = leases.get();
            if (n == 0) {
                return false;
            }
        } while (!leases.compareAndSet(n, n + 1));
        return true;
    }

    /// Gives one lease back. Each successful [#acquire] and the owner call it exactly once.
    void release() {
        long left = leases.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("a lease was given back twice");
        }
        if (left == 0) {
            drained.countDown();
        }
    }

    /// Waits until all leases are given back, whatever interrupts come in between.
    ///
    /// @return false if the limit has passed first
    boolean awaitDrained(Duration limit) {
        boolean interrupted = false;
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                try {
                    return drained.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// How many leases are out, the owner's included.
    long count() {
        return leases.get();
    }
}
