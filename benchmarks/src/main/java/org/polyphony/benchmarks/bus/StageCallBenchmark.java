package org.polyphony.benchmarks.bus;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.polyphony.engine.bus.Run;
import org.polyphony.engine.bus.StageBus;
import org.polyphony.engine.bus.StageCall;
import org.polyphony.engine.bus.StageClient;
import org.polyphony.engine.bus.StageEndpoint;
import org.polyphony.engine.bus.StageTarget;
import org.polyphony.engine.plugin.Opened;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.PluginId;
import org.polyphony.spi.tensor.Tensor;

/// A whole stage call, request and reply: a run's scope, the codec both ways, the bus, a virtual thread, the
/// call's memory, and an algorithm that does nothing but allocate its answer.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 8, time = 2)
public class StageCallBenchmark {

    private static final int CANDIDATES = 8;

    /// 8×8 games with two stakeholders: 1 kB of P, 64 kB, 4 MB.
    @Param({"1", "64", "4096"})
    private int games;

    private final TensorMemory memory = TensorMemory.withLimit(1L << 30);
    private final OwnerMemory caller = memory.owner("caller");
    private final OwnerMemory plugin = memory.owner("idle 1.0.0");
    private final StageBus bus = StageBus.start(memory);
    private final StageEndpoint endpoint =
            StageEndpoint.open(bus, Role.ALGORITHM, "algorithm", (_, _) -> new IdleTarget(plugin));
    private final StageCall<AlignmentRequest, PolicySolution> call =
            new StageCall<>(Role.ALIGN, "algorithm", "lease", StageCall.DEFAULT_SETTINGS, Duration.ofSeconds(30));
    private double[] p = {};

    @Setup
    public void fill() {
        p = new double[games * 2 * CANDIDATES * CANDIDATES];
    }

    /// One call with its input on the heap, as a run's first call has it: P is copied once.
    @Benchmark
    public PolicySolution heapInput() {
        try (var scope = caller.openScope("run")) {
            return client(scope).call(call, request(Tensor.ofDoubles(p, shape())));
        }
    }

    /// Four calls that share one input in the run's memory, as formulations do: nothing is copied.
    @Benchmark
    public PolicySolution fourCallsSharedInput() {
        try (var scope = caller.openScope("run")) {
            var request = request(scope.doubles(shape()).put(0, p));
            var client = client(scope);
            client.call(call, request);
            client.call(call, request);
            client.call(call, request);
            return client.call(call, request);
        }
    }

    @TearDown
    public void stop() {
        endpoint.close();
        long left = memory.allocated();
        caller.close();
        plugin.close();
        bus.close();
        memory.close();
        if (left != 0) {
            throw new IllegalStateException(left + " bytes are left allocated");
        }
    }

    private StageClient client(TensorScope scope) {
        return StageClient.of(bus, Run.silent("benchmark", 1), scope);
    }

    private int[] shape() {
        return new int[] {games, 2, CANDIDATES, CANDIDATES};
    }

    private AlignmentRequest request(Tensor preferences) {
        var bucket = GameBucket.of(Tensor.ofInts(new int[games], games), preferences);
        var weights = Tensor.ofDoubles(new double[] {0.5, 0.5}, 2);
        return AlignmentRequest.of(
                PreferenceGames.of(List.of("a", "b"), weights, List.of(bucket)), Formulation.POPULATION);
    }

    private static final class IdleAlgorithm implements AlignmentAlgorithm {

        @Override
        public PolicySolution align(AlignmentRequest request, PluginContext context) {
            var memory = context.allocator();
            return PolicySolution.of(request.games().buckets().stream()
                    .map(bucket -> SolutionBucket.of(
                            memory.doubles(bucket.games(), bucket.candidates()),
                            memory.doubles(bucket.games()),
                            memory.ints(bucket.games()),
                            memory.bytes(bucket.games()),
                            memory.bytes(bucket.games())))
                    .toList());
        }
    }

    private record IdleTarget(OwnerMemory memory) implements StageTarget {

        private static final AlignmentAlgorithm PLUGIN = new IdleAlgorithm();

        @Override
        public Object plugin() {
            return PLUGIN;
        }

        @Override
        public PluginId id() {
            return new PluginId("benchmark", "idle", "1.0.0");
        }

        @Override
        public String owner() {
            return memory.name();
        }

        @Override
        public Executor calls() {
            return task -> Thread.ofVirtual().start(task);
        }

        @Override
        public <T> List<T> parallel(int chunks, IntFunction<T> work) {
            return IntStream.range(0, chunks).mapToObj(work).toList();
        }

        @Override
        public <T extends Record> T settings(Class<T> type, String key) {
            throw new IllegalArgumentException("no settings under " + key);
        }

        @Override
        public Path cache() {
            return Path.of("cache");
        }

        @Override
        public Map<String, Object> settings(String key) {
            return Map.of();
        }

        @Override
        public Opened opened() {
            return new Opened(owner(), calls(), 1);
        }

        @Override
        public void failed() {}

        @Override
        public void close() {}
    }
}
