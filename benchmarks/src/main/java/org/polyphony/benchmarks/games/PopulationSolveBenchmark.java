package org.polyphony.benchmarks.games;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.polyphony.games.PopulationSolver;

/// 100,000 population games of 8 candidates, half of them with ties or duplicated candidates, P in native memory,
/// solved
/// exactly. The score is games per second of wall time, all threads together. After every iteration the gap of every
/// game
/// is recomputed from its definition: a run in which one of them is 1e-9 or more fails.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 2)
@Fork(2)
public class PopulationSolveBenchmark {

    private static final int GAMES = 100_000;
    private static final int CANDIDATES = 8;
    private static final int CHUNK = 1_000;
    private static final double GAP = 1e-9;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    /// Platform threads that solve.
    @Param({"1", "2"})
    public int threads;

    private final LongAdder cpuNanos = new LongAdder();
    private final LongAdder solved = new LongAdder();
    private MemorySegment p = MemorySegment.NULL;
    private MemorySegment policies = MemorySegment.NULL;
    private MemorySegment gaps = MemorySegment.NULL;
    private ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();

    /// Draws the games.
    @Setup
    public void draw() {
        pool.shutdown();
        var arena = Arena.ofAuto();
        p = arena.allocate((long) GAMES * CANDIDATES * CANDIDATES * Double.BYTES, 64);
        policies = arena.allocate((long) GAMES * CANDIDATES * Double.BYTES, 64);
        gaps = arena.allocate((long) GAMES * Double.BYTES, 64);
        pool = Executors.newFixedThreadPool(threads);
        HardGames.fill(p, GAMES, CANDIDATES, 1);
    }

    /// Solves them all, in chunks that the threads take in turn.
    @Benchmark
    @OperationsPerInvocation(GAMES)
    public int solve() throws InterruptedException {
        var next = new AtomicInteger();
        Callable<Integer> worker = () -> {
            var solver = new PopulationSolver();
            int count = 0;
            long begin = CPU.getCurrentThreadCpuTime();
            for (int from = next.getAndAdd(CHUNK); from < GAMES; from = next.getAndAdd(CHUNK)) {
                int to = Math.min(GAMES, from + CHUNK);
                solver.solveEach(p, CANDIDATES, from, to, policies, gaps);
                count += to - from;
            }
            cpuNanos.add(CPU.getCurrentThreadCpuTime() - begin);
            return count;
        };
        List<Callable<Integer>> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(worker);
        }
        int all = pool.invokeAll(workers).stream().mapToInt(Future::resultNow).sum();
        solved.add(all);
        return all;
    }

    /// Recomputes every gap, and wipes the policies so that the next iteration has to find them again.
    @TearDown(Level.Iteration)
    public void verify() {
        double largest = HardGames.largestGap(p, policies, GAMES, CANDIDATES);
        if (!(largest < GAP)) {
            throw new IllegalStateException("a game has gap " + largest + ", must be below " + GAP);
        }
        policies.fill((byte) -1);
        // says how fast it is where other work keeps the processors busy, which the score does not
        System.out.printf(
                "%.0f games per second of processor time; ", 1e9 * solved.sumThenReset() / cpuNanos.sumThenReset());
    }

    /// Stops the threads.
    @TearDown
    public void close() {
        pool.shutdown();
    }
}
