package org.polyphony.benchmarks.bus;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import org.polyphony.engine.plugin.PluginHost;
import org.polyphony.engine.plugin.PluginRegistry;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.slot.SlotLimits;
import org.polyphony.engine.slot.Slots;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.VerifiedContext;
import org.polyphony.spi.tensor.Tensor;

/// One request through two real bundles in Felix: leases, a review by `safety-rules`, whose mask goes into the games
/// that `algorithm-nash-dpo` solves, leases back. System property `polyphony.plugins` names the folder of the bundles.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 8, time = 2)
public class BundleCallBenchmark {

    private static final int CANDIDATES = 8;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /// How many 8×8 games a request has.
    @Param({"1", "64"})
    private int games;

    private final TensorMemory memory = TensorMemory.withLimit(1L << 30);
    private final OwnerMemory caller = memory.owner("caller");
    private final StageBus bus = StageBus.start(memory);
    private final PluginHost host = PluginHost.create();
    private final Slots slots = Slots.open(host, memory, SlotLimits.defaults());
    private final StageEndpoint norm = StageEndpoint.open(bus, Role.SAFETY, "norm", slots);
    private final StageEndpoint algorithm = StageEndpoint.open(bus, Role.ALGORITHM, "algorithm", slots);
    private double[] p = {};
    private Candidates candidates = Candidates.of(List.of(), List.of(), List.of(), List.of(), new int[] {0});

    @Setup
    public void fill() {
        var folder = Path.of(System.getProperty("polyphony.plugins", "plugins"));
        var registry = PluginRegistry.scan(List.of(folder));
        fill(registry, "norm", Role.SAFETY, "rules");
        fill(registry, "algorithm", Role.ALGORITHM, "nash-dpo");
        p = randomGames();
        var names = IntStream.range(0, games * CANDIDATES)
                .mapToObj(i -> "candidate %06d".formatted(i))
                .toList();
        var items = IntStream.range(0, games).mapToObj("item %06d"::formatted).toList();
        var offsets = IntStream.rangeClosed(0, games).map(i -> i * CANDIDATES).toArray();
        candidates = Candidates.of(items, items, names, names, offsets);
    }

    private void fill(PluginRegistry registry, String slot, Role role, String id) {
        var plugin = registry.find(role, id);
        slots.fill(slot, registry.image(plugin), plugin);
    }

    private double[] randomGames() {
        var random = new SplittableRandom(1);
        var values = new double[games * CANDIDATES * CANDIDATES];
        for (int game = 0; game < games; game++) {
            int from = game * CANDIDATES * CANDIDATES;
            for (int i = 0; i < CANDIDATES; i++) {
                values[from + i * CANDIDATES + i] = 0.5;
                for (int j = 0; j < i; j++) {
                    double preferred = random.nextInt(1, 1024) / 1024.0; // exact, and so is its complement
                    values[from + i * CANDIDATES + j] = preferred;
                    values[from + j * CANDIDATES + i] = 1 - preferred;
                }
            }
        }
        return values;
    }

    /// A request of two calls.
    @Benchmark
    public PolicySolution reviewThenAlign() {
        try (var lease = slots.lease();
                var scope = caller.openScope("request")) {
            var client = StageClient.of(bus, Run.silent("benchmark", 1), scope);
            var review = client.call(
                    new StageCall<>(Role.REVIEW, "norm", lease.id(), StageCall.DEFAULT_SETTINGS, TIMEOUT),
                    new ReviewRequest(candidates, VerifiedContext.none()));
            var bucket = GameBucket.of(
                            Tensor.ofInts(IntStream.range(0, games).toArray(), games),
                            Tensor.ofDoubles(p, games, 1, CANDIDATES, CANDIDATES))
                    .withAllowed(review.allowed().reshape(games, CANDIDATES));
            var request = AlignmentRequest.of(
                    PreferenceGames.of(List.of("all"), Tensor.ofDoubles(new double[] {1}, 1), List.of(bucket)),
                    Formulation.POPULATION);
            return client.call(
                    new StageCall<>(Role.ALIGN, "algorithm", lease.id(), StageCall.DEFAULT_SETTINGS, TIMEOUT), request);
        }
    }

    @TearDown
    public void stop() {
        slots.close();
        norm.close();
        algorithm.close();
        long left = memory.allocated();
        caller.close();
        bus.close();
        memory.close();
        host.close();
        if (left != 0) {
            throw new IllegalStateException(left + " bytes are left allocated");
        }
    }
}
