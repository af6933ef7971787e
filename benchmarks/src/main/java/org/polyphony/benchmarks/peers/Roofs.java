package org.polyphony.benchmarks.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// What this machine can do at most, measured in the arithmetic of the kernels: fused multiply-adds in float32, and
/// reading from each level of memory. Every thread has its own data.
public final class Roofs {

    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final int MULTIPLICATIONS = 20_000;
    private static final int CHAINS = 10;
    private static final double SECONDS = 1.5;

    /// A level and how many KiB of data, per thread, lie in it and in no nearer one.
    private enum Level {
        L1(16),
        L2(256),
        L3(4096),
        DRAM(262_144);

        private final int kibibytes;

        Level(int kibibytes) {
            this.kibibytes = kibibytes;
        }
    }

    private static volatile float result;

    private Roofs() {}

    /// Takes the number of threads.
    public static void main(String[] arguments) {
        int threads = Integer.parseInt(arguments[0]);
        try (var pool = Executors.newFixedThreadPool(threads)) {
            double flop = 2.0 * MULTIPLICATIONS * CHAINS * LANES.length();
            double nanos = together(pool, threads, n -> Measured.bestNanos(SECONDS, () -> result = multiplyAdd()));
            Measured.print("roof", "FMA", threads, threads * flop / nanos, "GFLOP/s");
            for (var level : Level.values()) {
                long bytes = level.kibibytes * 1024L;
                long times = Math.max(1, 4096 / level.kibibytes);
                nanos = together(pool, threads, n -> {
                    var data = Arena.global().allocate(bytes, 64);
                    return Measured.bestNanos(SECONDS, () -> {
                        for (long i = 0; i < times; i++) {
                            result = read(data, bytes);
                        }
                    });
                });
                Measured.print("roof", level, threads, threads * times * bytes / nanos, "GB/s");
            }
        }
    }

    private interface Timing {

        double of(int thread);
    }

    // the threads overlap for nearly the whole time, so the mean of their best is what they do together
    private static double together(ExecutorService pool, int threads, Timing timing) {
        return IntStream.range(0, threads)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> timing.of(n), pool))
                .toList()
                .stream()
                .mapToDouble(CompletableFuture::join)
                .average()
                .orElseThrow();
    }

    private static float multiplyAdd() {
        var x = FloatVector.broadcast(LANES, 0.999f);
        var y = FloatVector.broadcast(LANES, 0.001f);
        var a = x;
        var b = x;
        var c = x;
        var d = x;
        var e = x;
        var f = x;
        var g = x;
        var h = x;
        var i = x;
        var j = x;
        for (int n = 0; n < MULTIPLICATIONS; n++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
        }
        return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).reduceLanes(VectorOperators.ADD);
    }

    private static float read(MemorySegment data, long bytes) {
        long v = LANES.vectorByteSize();
        var a = FloatVector.zero(LANES);
        var b = a;
        var c = a;
        var d = a;
        var e = a;
        var f = a;
        var g = a;
        var h = a;
        for (long o = 0; o < bytes; o += 8 * v) {
            a = a.add(at(data, o));
            b = b.add(at(data, o + v));
            c = c.add(at(data, o + 2 * v));
            d = d.add(at(data, o + 3 * v));
            e = e.add(at(data, o + 4 * v));
            f = f.add(at(data, o + 5 * v));
            g = g.add(at(data, o + 6 * v));
            h = h.add(at(data, o + 7 * v));
        }
        return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).reduceLanes(VectorOperators.ADD);
    }

    private static FloatVector at(MemorySegment data, long offset) {
        return FloatVector.fromMemorySegment(LANES, data, offset, ByteOrder.nativeOrder());
    }
}
