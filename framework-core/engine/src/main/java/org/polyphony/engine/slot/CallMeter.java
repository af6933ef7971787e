package org.polyphony.engine.slot;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// How the calls on one generation went: how many, how many failed, how long the last 4,096 of them took, and what
/// requests measured of their answers. Holds nothing of the plugin, so it may outlive it. Safe for use by many
/// threads.
public final class CallMeter {

    private static final int RECENT = 4096;

    private final AtomicLong ended = new AtomicLong();
    private final LongAdder failed = new LongAdder();
    private final AtomicLongArray nanos = new AtomicLongArray(RECENT);
    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<String, Mean> measured = new ConcurrentHashMap<>();

    /// One call that is inside the plugin.
    final class Call {

        private final long start = System.nanoTime();
        private volatile boolean bad;

        void failed() {
            bad = true;
        }

        void end() {
            running.remove(this);
            if (bad) {
                failed.increment();
            }
            // who reads in between meets what stood there before, of 4,096 one
            long at = ended.getAndIncrement();
            nanos.set((int) (at % RECENT), Math.max(1, System.nanoTime() - start));
        }
    }

    private static final class Mean {

        private final DoubleAdder sum = new DoubleAdder();
        private final LongAdder count = new LongAdder();
    }

    Call enter() {
        var call = new Call();
        running.add(call);
        return call;
    }

    /// Counts what a request measured of its answer, as a mean: whether a seat was refused, what it gained.
    ///
    /// @param metric a name, and whose, for example `refused:nurses`
    public void measure(String metric, double value) {
        var mean = measured.computeIfAbsent(metric, _ -> new Mean());
        mean.sum.add(value);
        mean.count.increment();
    }

    /// How many calls have ended.
    public long calls() {
        return ended.get();
    }

    /// How many of them failed.
    public long failures() {
        return failed.sum();
    }

    /// How many have been inside the plugin for longer than this.
    public long running(long longerThanNanos) {
        long now = System.nanoTime();
        return running.stream()
                .filter(call -> now - call.start > longerThanNanos)
                .count();
    }

    /// The time that this share of the last 4,096 calls did not exceed, in nanoseconds; 0 without calls.
    ///
    /// @param share in (0, 1], .99 for the p99: of n calls the ⌈share·n⌉-th by duration
    public long quantile(double share) {
        int count = (int) Math.min(RECENT, ended.get());
        var sorted = new long[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = nanos.get(i);
        }
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[Math.clamp((long) Math.ceil(share * count) - 1, 0, count - 1)];
    }

    /// The mean of what requests measured under a name.
    ///
    /// @return NaN if nothing was
    public double mean(String metric) {
        var mean = measured.get(metric);
        return mean == null ? Double.NaN : mean.sum.sum() / mean.count.sum();
    }

    /// The names that something was measured under, sorted.
    public Set<String> metrics() {
        return new TreeMap<>(measured).navigableKeySet();
    }
}
