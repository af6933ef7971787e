package org.polyphony.engine.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.engine.bus.Run;
import org.polyphony.engine.bus.Stage;
import org.polyphony.engine.bus.StageBus;
import org.polyphony.engine.bus.StageCall;
import org.polyphony.engine.bus.StageClient;
import org.polyphony.engine.bus.StageEndpoint;
import org.polyphony.engine.plugin.BundleImage;
import org.polyphony.engine.plugin.BundleInspector;
import org.polyphony.engine.plugin.PluginHost;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.plugin.Role.ScoreCall;
import org.polyphony.engine.plugin.TestBundle;
import org.polyphony.engine.tensor.LeakReport;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.Tensor;

/// A policy is opened once for an artefact and settings, whoever asks, and closed with its generation.
class OpenedOnceTest {

    private static final String SLOT = "scorer";
    private static final Duration LONG = Duration.ofSeconds(30);
    // the tests hold the plugin itself, to read what it tells
    private static final SlotLimits LIMITS = SlotLimits.defaults();

    @TempDir
    Path folder;

    private final List<LeakReport> leaks = new CopyOnWriteArrayList<>();
    private PluginHost host;
    private TensorMemory memory;
    private StageBus bus;
    private Slots slots;
    private StageEndpoint endpoint;
    private BundleImage image;

    @BeforeEach
    void open() throws Exception {
        open(LIMITS);
    }

    private void open(SlotLimits limits) throws Exception {
        host = PluginHost.create();
        memory = TensorMemory.withLimit(1 << 26, leaks::add);
        bus = StageBus.start(memory);
        slots = Slots.open(host, memory, limits);
        endpoint = StageEndpoint.open(bus, Role.SCORER, SLOT, slots);
        image = BundleInspector.create().inspect(TestBundle.of("opening").write(folder));
        slots.fill(SLOT, image, image.plugins().getFirst());
    }

    @AfterEach
    void close() {
        slots.close();
        endpoint.close();
        bus.close();
        assertThat(memory.allocated()).isZero();
        memory.close();
        host.close();
        assertThat(leaks).isEmpty();
    }

    /// A run of its own, with leases.
    private final class Asking implements Run.Listener, AutoCloseable {

        private final LeaseSet leases = slots.lease();
        private final List<Issue> issues = new CopyOnWriteArrayList<>();
        private final OwnerMemory owner = memory.owner("run");
        private final TensorScope scope = owner.openScope("run");
        private final StageClient client;

        Asking(long seed) {
            client = StageClient.of(bus, Run.of("run-" + seed, seed, this), scope);
        }

        double ask(Artefact policy) {
            return ask(client.keep(policy), StageCall.DEFAULT_SETTINGS);
        }

        double ask(String policy, String settings) {
            var call = new StageCall<>(Role.SCORE, SLOT, leases.id(), settings, LONG);
            var asked =
                    new ScoreCall(policy, Tensor.ofDoubles(new double[2], 1, 2, 1), Tensor.ofBytes(new byte[2], 1, 2));
            return client.call(call, asked).logPolicy().getDouble(1);
        }

        @Override
        public void advanced(Stage stage, long done, long total) {}

        @Override
        public void issue(Stage stage, Issue issue) {
            issues.add(issue);
        }

        @Override
        public void close() {
            client.close();
            scope.close();
            owner.close();
            leases.close();
        }
    }

    private static Artefact policy(double weight) {
        return Artefact.of("sample.opening", 1, Map.of(), Map.of("weight", Tensor.ofDoubles(new double[] {weight}, 1)));
    }

    private Object plugin() {
        try (var leases = slots.lease();
                var target = slots.target(SLOT, leases.id())) {
            return target.plugin();
        }
    }

    private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
        var answers = new ArrayList<Future<T>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < times; i++) {
                answers.add(threads.submit(call));
            }
        }
        var values = new ArrayList<T>();
        for (var answer : answers) {
            values.add(answer.get());
        }
        return values;
    }

    @Test
    void ask_manyRunsAtOnce_openOnceAndAllAreToldWhatWasReported() throws Exception {
        var answers = atOnce(16, () -> {
            try (var asking = new Asking(Thread.currentThread().threadId())) {
                double answer = asking.ask(policy(3)) + asking.ask(policy(3));
                return answer + " " + List.copyOf(asking.issues);
            }
        });

        assertThat(plugin()).hasToString("open 3.0");
        assertThat(answers).allMatch(answers.getFirst()::equals);
        assertThat(answers.getFirst()).startsWith("6.0 ").contains("OPENED");
    }

    @Test
    void ask_otherArtefactOrSettings_opensAnew() {
        try (var asking = new Asking(1)) {
            assertThat(slots.bind(SLOT, "biased", Map.of("bias", 10), "")).isEmpty();
            assertThat(slots.bind(SLOT, "equal", Map.of("bias", 0), "")).isEmpty();
            var one = asking.client.keep(policy(1));

            assertThat(asking.ask(policy(1))).isEqualTo(1);
            assertThat(asking.ask(policy(2))).isEqualTo(2);
            assertThat(asking.ask(one, "biased")).isEqualTo(11);
            assertThat(asking.ask(one, "equal")).isEqualTo(1);
        }
        assertThat(plugin()).hasToString("open 1.0\nopen 2.0\nopen 11.0");
    }

    @Test
    void ask_openThrows_theNextCallOpens() {
        var policy = Artefact.of(
                "sample.opening", 1, Map.of("refuse", "once"), policy(4).tensors());
        try (var asking = new Asking(1)) {
            assertThatThrownBy(() -> asking.ask(policy)).hasMessageContaining("not the first time");
            assertThat(asking.ask(policy)).isEqualTo(4);
        }
        assertThat(plugin()).hasToString("open 4.0\nopen 4.0");
    }

    @Test
    void ask_runThatKeptItHasEnded_whatIsOpenAnswersAndNothingElseDoes() {
        String one;
        String two;
        try (var asking = new Asking(1)) {
            one = asking.client.keep(policy(1));
            two = asking.client.keep(policy(2));
            asking.ask(one, StageCall.DEFAULT_SETTINGS);
        }
        assertThat(memory.allocated()).as("what the open policy may read").isPositive();
        try (var asking = new Asking(2)) {
            assertThat(asking.ask(one, StageCall.DEFAULT_SETTINGS)).isEqualTo(1);
            assertThatThrownBy(() -> asking.ask(two, StageCall.DEFAULT_SETTINGS))
                    .isInstanceOfSatisfying(
                            AlignmentException.class, e -> assertThat(e.code()).isEqualTo(StandardErrorCode.CANCELLED))
                    .hasMessageContaining(two);
        }
    }

    @Test
    void swap_closesWhatTheOldGenerationOpenedOnAThreadOfItsOwn() {
        try (var asking = new Asking(1)) {
            asking.ask(policy(1));
            asking.ask(policy(2));
        }
        var old = plugin();

        var report = slots.swap(SLOT, image, image.plugins().getFirst());

        assertThat(report.drained()).isTrue();
        assertThat(report.leakedBytes()).isZero();
        assertThat(old.toString().lines())
                .startsWith("open 1.0", "open 2.0")
                .contains(
                        "close 1.0 of 1.0 on scorer#1 opening 1.0.0 call",
                        "close 2.0 of 2.0 on scorer#1 opening 1.0.0 call")
                .hasSize(4);
        try (var asking = new Asking(2)) {
            assertThat(asking.ask(policy(1))).isEqualTo(1);
        }
        assertThat(plugin()).hasToString("open 1.0");
    }

    @Test
    void ask_moreThanTheLimit_closesTheOneAskedLongestAgo() throws Exception {
        close();
        open(LIMITS.withOpened(2));
        try (var asking = new Asking(1)) {
            for (double weight : new double[] {1, 2, 1, 3}) {
                assertThat(asking.ask(policy(weight))).isEqualTo(weight);
            }
            assertThat(asking.ask(policy(1))).isEqualTo(1);
            assertThat(asking.ask(policy(2))).isEqualTo(2);
        }
        var plugin = plugin();
        slots.close();
        assertThat(plugin.toString().lines().filter(line -> line.startsWith("open")))
                .containsExactly("open 1.0", "open 2.0", "open 3.0", "open 2.0");
        assertThat(plugin.toString().lines().filter(line -> line.startsWith("close")))
                .hasSize(4);
    }

    /// What the contract finds, installed all the same.
    @Test
    void ask_flawedPolicies_costThemselvesOnly() {
        var keeps =
                Artefact.of("sample.opening", 1, Map.of("keep", ""), policy(5).tensors());
        var throwing =
                Artefact.of("sample.opening", 1, Map.of("throw", ""), policy(6).tensors());
        try (var asking = new Asking(1)) {
            assertThatThrownBy(() -> asking.ask(keeps))
                    .isInstanceOfSatisfying(
                            AlignmentException.class,
                            e -> assertThat(e.code()).isEqualTo(StandardErrorCode.PLUGIN_FAILED))
                    .hasMessageContaining("scorer#1 opening 1.0.0")
                    .hasMessageContaining("was used afterwards");
            assertThat(asking.ask(throwing)).isEqualTo(6);
            assertThat(asking.ask(policy(7))).isEqualTo(7);
        }
        var old = plugin();

        var report = slots.swap(SLOT, image, image.plugins().getFirst());

        assertThat(report.leakedBytes()).isZero();
        assertThat(old.toString().lines().filter(line -> line.startsWith("close")))
                .hasSize(3);
        try (var asking = new Asking(2)) {
            assertThat(asking.ask(throwing)).isEqualTo(6);
        }
    }

    @Test
    void cache_isOfOneGenerationAndGoneWithIt() throws Exception {
        var first = cache();
        Files.writeString(first.resolve("saved"), "work");

        assertThat(cache()).isEqualTo(first);
        assertThat(Files.getPosixFilePermissions(first)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        slots.swap(SLOT, image, image.plugins().getFirst());
        assertThat(first).doesNotExist();
        assertThat(cache()).isEmptyDirectory().isNotEqualTo(first);
    }

    private Path cache() {
        try (var leases = slots.lease();
                var target = slots.target(SLOT, leases.id())) {
            return target.cache();
        }
    }

    @Test
    void close_whatIsOpen_leavesNoByte() {
        try (var asking = new Asking(1)) {
            asking.ask(policy(1));
        }
        var plugin = plugin();
        slots.close();
        assertThat(plugin.toString()).contains("close 1.0 of 1.0");
        assertThat(memory.allocated()).isZero();
    }
}
