package org.polyphony.benchmarks.requests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.polyphony.engine.EngineOptions;
import org.polyphony.engine.Polyphony;
import org.polyphony.engine.deploy.Reply;
import org.polyphony.engine.deploy.Request;
import org.polyphony.engine.plan.StudyPlanReader;
import org.polyphony.engine.plan.StudyRequest;
import org.polyphony.engine.run.LearnedDeployment;
import org.polyphony.spi.profile.Viewpoint;

/// A request about an item of eight candidates whose features are known: review, two stage calls,
/// certificate, receipt. The plugins are those of a built distribution (`polyphony.home`).
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 4)
public class RequestBenchmark {

    private static final String FILE = """
            study: requests
            source:
              plugin: generated
              settings: {seed: 1, items: 8, min-candidates: 8, max-candidates: 8, annotators-per-group: 50}
            seats: {attribute: role, levels: [pharmacist, patient, journalist, counsellor]}
            profiler: {plugin: linear}
            encoders: [{plugin: surface}]
            algorithm: {plugin: nash-dpo, formulations: [population]}
            """;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Polyphony polyphony;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private LearnedDeployment deployment;

    private final Request asker = Request.of("q1-antibiotics-clinic").withClaims(Map.of("role", "patient"));
    private Request everySeat = asker;

    @Setup
    public void learn() throws IOException {
        var home = Path.of(System.getProperty("polyphony.home", "distribution/target/polyphony"));
        var file = Files.writeString(Files.createTempFile("requests", ".yaml"), FILE);
        polyphony = Polyphony.start(EngineOptions.of(List.of(home.resolve("plugins"))));
        deployment = polyphony.deploy(
                StudyRequest.of(StudyPlanReader.read(file, List.of()).plan(), file, null));
        Files.delete(file);
        everySeat = asker.also(deployment.seats().stream()
                .map(seat -> Viewpoint.ofSeat(seat.viewpoint()))
                .toList());
    }

    @TearDown
    public void close() {
        deployment.close();
        polyphony.close();
    }

    /// What the asker would get.
    @Benchmark
    public Reply asker() {
        return deployment.answer(asker);
    }

    /// And what every seat would.
    @Benchmark
    public Reply everySeat() {
        return deployment.answer(everySeat);
    }
}
