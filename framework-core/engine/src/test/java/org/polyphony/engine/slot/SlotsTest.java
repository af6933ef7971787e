package org.polyphony.engine.slot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.engine.bus.Run;
import org.polyphony.engine.bus.StageBus;
import org.polyphony.engine.bus.StageCall;
import org.polyphony.engine.bus.StageClient;
import org.polyphony.engine.bus.StageEndpoint;
import org.polyphony.engine.plugin.BundleImage;
import org.polyphony.engine.plugin.BundleInspector;
import org.polyphony.engine.plugin.PluginHost;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.plugin.TestBundle;
import org.polyphony.engine.tensor.LeakReport;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.VerifiedContext;

class SlotsTest {

    private static final String SLOT = "norm";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final SlotLimits LIMITS = SlotLimits.defaults();

    @TempDir
    Path folder;

    private final List<LeakReport> leaks = new CopyOnWriteArrayList<>();
    private final AtomicLong runs = new AtomicLong();
    private PluginHost host;
    private TensorMemory memory;
    private StageBus bus;
    private Slots slots;
    private StageEndpoint endpoint;

    @BeforeEach
    void open() {
        open(LIMITS);
    }

    private void open(SlotLimits limits) {
        host = PluginHost.create();
        memory = TensorMemory.withLimit(1 << 26, leaks::add);
        bus = StageBus.start(memory);
        slots = Slots.open(host, memory, limits);
        endpoint = StageEndpoint.open(bus, Role.SAFETY, SLOT, slots);
    }

    private void reopen(SlotLimits limits) {
        close();
        open(limits);
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

    private BundleImage image(String sample) throws Exception {
        return BundleInspector.create().inspect(TestBundle.of(sample).write(folder));
    }

    private GenerationId fill(BundleImage image) {
        return slots.fill(SLOT, image, image.plugins().getFirst());
    }

    private SwapReport swap(BundleImage image) {
        return slots.swap(SLOT, image, image.plugins().getFirst());
    }

    private Swap begin(BundleImage image) {
        return slots.begin(SLOT, image, image.plugins().getFirst());
    }

    private static ReviewRequest request(int candidates) {
        var names = IntStream.range(0, candidates).mapToObj(i -> "c" + i).toList();
        return new ReviewRequest(
                Candidates.of(List.of("item"), List.of(""), names, names, new int[] {0, candidates}),
                VerifiedContext.none());
    }

    /// One request as the engine makes it: leases, a call over the bus, leases back.
    private int allowed(int candidates) {
        try (var lease = slots.lease()) {
            return allowed(lease, candidates);
        }
    }

    private int allowed(LeaseSet lease, int candidates) {
        var run = Run.silent("run-" + runs.incrementAndGet(), 1);
        try (var owner = memory.owner(run.id());
                var scope = owner.openScope("call")) {
            ReviewResult result = StageClient.of(bus, run, scope)
                    .call(
                            new StageCall<>(Role.REVIEW, SLOT, lease.id(), StageCall.DEFAULT_SETTINGS, LONG),
                            request(candidates));
            int allowed = 0;
            for (int i = 0; i < candidates; i++) {
                allowed += result.allowed().getByte(i);
            }
            return allowed;
        }
    }

    private static GenerationId generation(LeaseSet lease) {
        return Objects.requireNonNull(lease.generations().get(SLOT));
    }

    private static void assertCode(Throwable thrown, ErrorCode code) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        AlignmentException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void call_filledSlot_answersOverTheBus() throws Exception {
        assertThat(fill(image("busy"))).hasToString("norm#1 busy 1.0.0");

        assertThat(allowed(5)).isEqualTo(5);
        try (var lease = slots.lease()) {
            assertThat(lease.generations()).containsOnlyKeys(SLOT);
        }
    }

    @Test
    void fill_pluginThatCannotBeConstructed_leavesNothing() throws Exception {
        var broken = image("broken");

        assertThatThrownBy(() -> fill(broken)).satisfies(e -> assertCode(e, StandardErrorCode.PLUGIN_FAILED));

        assertThat(host.installed()).isZero();
        fill(image("allowing"));
        assertThat(allowed(1)).isEqualTo(1);
    }

    @Test
    void swap_newVersion_answersAndTheOldIsGone() throws Exception {
        fill(image("allowing"));

        var report = swap(image("busy"));

        assertThat(report.from()).hasToString("norm#1 allowing 1.0.0");
        assertThat(report.to()).hasToString("norm#2 busy 1.0.0");
        assertThat(report.drained()).isTrue();
        assertThat(report.leakedBytes()).isZero();
        assertThat(host.installed()).isEqualTo(1);
        assertThat(slots.lingering(LONG)).isEmpty();
        assertThat(slots.current(SLOT)).isEqualTo(report.to());
    }

    @Test
    void lingering_formerVersionThatIsHeld_isNamedUntilItIsLetGo() throws Exception {
        var first = fill(image("allowing"));
        var held = new ArrayList<Object>();
        try (var lease = slots.lease();
                var target = slots.target(SLOT, lease.id())) {
            held.add(target.plugin());
        }

        swap(image("busy"));

        assertThat(slots.lingering(Duration.ZERO)).containsExactly(first);
        assertThat(slots.lingering(Duration.ofMillis(100))).containsExactly(first);
        assertThat(held.removeFirst()).isNotNull();
        assertThat(slots.lingering(LONG)).isEmpty();
    }

    @Test
    void swap_whileARequestHoldsLeases_keepsItOnItsGeneration() throws Exception {
        fill(image("allowing"));
        var busy = image("busy");
        CompletableFuture<SwapReport> swap;
        try (var lease = slots.lease()) {
            swap = CompletableFuture.supplyAsync(() -> swap(busy));
            while (slots.current(SLOT).number() == 1) {
                Thread.onSpinWait();
            }

            assertThat(lease.generations().get(SLOT)).hasToString("norm#1 allowing 1.0.0");
            assertThat(allowed(lease, 3)).isEqualTo(3);
            assertThat(swap).isNotDone();
            try (var later = slots.lease()) {
                assertThat(generation(later).number()).isEqualTo(2);
            }
        }
        assertThat(swap.get().drained()).isTrue();
    }

    @Test
    void swap_failingVersions_changeNothing() throws Exception {
        var first = fill(image("allowing"));
        for (var sample : List.of("untrue", "wrong", "broken", "needy")) {
            var bad = image(sample);

            assertThatThrownBy(() -> swap(bad)).isInstanceOf(AlignmentException.class);

            assertThat(slots.current(SLOT)).isEqualTo(first);
            assertThat(host.installed()).isEqualTo(1);
            assertThat(allowed(2)).isEqualTo(2);
        }
        assertThat(slots.lingering(LONG)).isEmpty();
    }

    @Test
    void clear_aSlot_stopsItsPluginAndLeavesTheOthers() throws Exception {
        fill(image("allowing"));
        var other = image("allowing");
        slots.fill("other", other, other.plugins().getFirst());

        slots.clear(Set.of("other", "absent"));

        assertThat(host.installed()).isEqualTo(1);
        assertThat(allowed(2)).isEqualTo(2);
        assertThatThrownBy(() -> slots.current("other")).hasMessageContaining("no slot 'other'");
        slots.fill("other", other, other.plugins().getFirst());
        assertThat(host.installed()).isEqualTo(2);
    }

    @Test
    void swap_leaseOnAnotherSlot_isNotWaitedFor() throws Exception {
        reopen(LIMITS.withDrain(LONG));
        fill(image("allowing"));
        var other = image("allowing");
        slots.fill("other", other, other.plugins().getFirst());

        try (var lease = slots.lease(Set.of("other"))) {
            assertThat(swap(image("allowing")).drained()).isTrue();
            assertThat(lease.generations()).containsOnlyKeys("other");
        }
    }

    @Test
    void lease_unknownSlot_isRefused() {
        assertThatThrownBy(() -> slots.lease(Set.of("nowhere"))).hasMessageContaining("there is no slot 'nowhere'");
    }

    @Test
    void swap_failedSelfTest_saysWhat() throws Exception {
        fill(image("allowing"));
        var untrue = image("untrue");
        var wrong = image("wrong");

        assertThatThrownBy(() -> swap(untrue))
                .hasMessageContaining("norm#2 untrue 1.0.0 failed its self-test")
                .hasMessageContaining("expected refusal, got allowance");
        assertThatThrownBy(() -> swap(wrong)).hasMessageContaining("it decided about 1 of 2 candidates");
    }

    @Test
    void swap_thirdVersionWhileTheFirstDrains_isRefused() throws Exception {
        reopen(LIMITS.withTurn(Duration.ofMillis(50)));
        fill(image("allowing"));
        var busy = image("busy");
        var allowing = image("allowing");
        CompletableFuture<SwapReport> second;
        try (var _ = slots.lease()) {
            second = CompletableFuture.supplyAsync(() -> swap(busy));
            while (slots.current(SLOT).number() == 1) {
                Thread.onSpinWait();
            }

            assertThatThrownBy(() -> swap(allowing)).hasMessageContaining("still draining");
            assertThat(host.installed()).isEqualTo(2);
        }
        second.get();
        assertThat(swap(allowing).to().number()).isEqualTo(3);
    }

    @Test
    void swap_callThatDoesNotEnd_isCancelledAfterTheLimit() throws Exception {
        reopen(LIMITS.withDrain(Duration.ofMillis(300)));
        fill(image("stuck"));
        var lease = slots.lease();
        var call = CompletableFuture.supplyAsync(() -> allowed(lease, 3));
        while (memory.allocated() == 0) {
            Thread.onSpinWait(); // until the call is on its way
        }

        var report = swap(image("allowing"));

        assertThat(report.drained()).isFalse();
        assertThat(host.installed()).isEqualTo(1);
        assertThatThrownBy(call::join).hasCauseInstanceOf(AlignmentException.class);
        assertThatThrownBy(() -> allowed(lease, 2)).satisfies(e -> assertCode(e, StandardErrorCode.PLUGIN_TIMEOUT));
        lease.close();
        assertThat(allowed(2)).isEqualTo(2);
    }

    @Test
    void swap_underLoad_losesNothingAndNeverHasThreeGenerations() throws Exception {
        var images = List.of(image("busy"), image("allowing"));
        fill(images.getFirst());
        var stop = new AtomicBoolean();
        var sent = new AtomicInteger();
        var answered = new AtomicInteger();
        var most = new AtomicInteger();
        var wrong = new CopyOnWriteArrayList<Object>();
        var loaders = new ConcurrentHashMap<Integer, Integer>();
        var clients = IntStream.range(0, 4)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> {
                    while (!stop.get()) {
                        sent.incrementAndGet();
                        try (var lease = slots.lease()) {
                            var number = generation(lease).number();
                            try (var target = slots.target(SLOT, lease.id())) {
                                int loader = System.identityHashCode(
                                        target.plugin().getClass().getClassLoader());
                                if (loaders.computeIfAbsent(number, _ -> loader) != loader) {
                                    wrong.add("generation " + number + " changed under a lease");
                                }
                            }
                            if (allowed(lease, 3) == 3) {
                                answered.incrementAndGet();
                            }
                        } catch (RuntimeException e) {
                            wrong.add(e);
                        }
                        most.accumulateAndGet(host.installed(), Math::max);
                    }
                }))
                .toList();
        var reports = new ArrayList<SwapReport>();
        try {
            for (int i = 1; i <= 20; i++) {
                reports.add(swap(images.get(i % 2)));
            }
        } finally {
            stop.set(true);
            for (var client : clients) {
                client.join();
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(reports).allMatch(SwapReport::drained);
        assertThat(slots.lingering(LONG)).isEmpty();
        assertThat(answered).hasValue(sent.get()).hasValueGreaterThan(20);
        assertThat(most).hasValue(2);
    }

    @Test
    void bind_settingsOfASlot_reachThePluginAndEveryLaterVersion() throws Exception {
        fill(image("allowing"));
        assertThat(slots.bind(SLOT, "run", Map.of("leniencey", 1), "norms"))
                .singleElement()
                .satisfies(issue -> assertThat(issue.message()).contains("did you mean 'leniency'?"));
        assertThat(slots.bind(SLOT, "run", Map.of("leniency", 2), "norms"))
                .singleElement()
                .satisfies(issue -> assertThat(issue.message()).contains("must be in [0, 1], got 2.0"));
        try (var lease = slots.lease()) {
            assertThatThrownBy(() -> lease.settings(SLOT, "run")).isInstanceOf(AlignmentException.class);
        }
        assertThat(slots.bind(SLOT, "run", Map.of("leniency", 0.25), "norms")).isEmpty();

        swap(image("allowing"));

        try (var lease = slots.lease()) {
            assertThat(generation(lease).number()).isEqualTo(2);
            assertThat(lease.settings(SLOT, "run")).isEqualTo(Map.of("leniency", 0.25));
            assertThat(lease.settings(SLOT, StageCall.DEFAULT_SETTINGS)).isEqualTo(Map.of("leniency", 0.5));
        }
    }

    @Test
    void swap_versionThatDoesNotTakeTheSettings_changesNothing() throws Exception {
        var first = fill(image("allowing"));
        slots.bind(SLOT, "run", Map.of("leniency", 0.25), "norms");
        var busy = image("busy");

        assertThatThrownBy(() -> swap(busy))
                .satisfies(e -> assertCode(e, StandardErrorCode.SETTING_INVALID))
                .hasMessageContaining("norm#2 busy 1.0.0 does not take the settings of its slot")
                .hasMessageContaining("leniency");

        assertThat(slots.current(SLOT)).isEqualTo(first);
        assertThat(host.installed()).isEqualTo(1);
        assertThat(allowed(2)).isEqualTo(2);
    }

    @Test
    void begin_closedBeforeTheFlip_leavesTheOldVersion() throws Exception {
        var first = fill(image("allowing"));
        try (var swap = begin(image("busy"))) {
            assertThat(slots.current(SLOT)).isEqualTo(first);
            assertThat(host.installed()).isEqualTo(2);
            assertThat(swap.trial().goldenCalls()).isPositive();
        }

        assertThat(slots.current(SLOT)).isEqualTo(first);
        assertThat(host.installed()).isEqualTo(1);
        assertThat(slots.lingering(LONG)).isEmpty();
        assertThat(allowed(2)).isEqualTo(2);
    }

    @Test
    void back_afterTheFlip_givesRequestsTheOldVersionAgain() throws Exception {
        var first = fill(image("allowing"));
        try (var swap = begin(image("busy"))) {
            swap.flip();
            assertThat(slots.current(SLOT)).isEqualTo(swap.to());
            assertThat(allowed(2)).isEqualTo(2);
            awaitCalls(swap.newer(), 1);
            assertThat(swap.newer().calls()).isEqualTo(1);
            assertThat(swap.former().calls()).isZero();

            var report = swap.back();

            assertThat(report.from()).isEqualTo(swap.to());
            assertThat(report.to()).isEqualTo(first);
        }
        assertThat(slots.lingering(LONG)).isEmpty();
        assertThat(slots.current(SLOT)).isEqualTo(first);
        assertThat(host.installed()).isEqualTo(1);
        assertThat(allowed(2)).isEqualTo(2);
        assertThat(swap(image("busy")).to().number()).isEqualTo(3);
    }

    @Test
    void close_flippedAndNeitherSettledNorBack_goesBack() throws Exception {
        var first = fill(image("allowing"));
        try (var swap = begin(image("busy"))) {
            swap.flip();
        }
        assertThat(slots.current(SLOT)).isEqualTo(first);
        assertThat(host.installed()).isEqualTo(1);
    }

    @Test
    void meter_callsThatEndWellAndBadly_areCounted() throws Exception {
        var jar = TestBundle.of("updating").resource("behaviour.properties", "every=6".getBytes(UTF_8));
        fill(BundleInspector.create().inspect(jar.write(folder)));
        for (int i = 0; i < 4; i++) {
            allowed(3);
        }
        assertThatThrownBy(() -> allowed(3)).hasMessageContaining("one of 6 calls fails");
        allowed(3);

        var meter = slots.meter(SLOT);
        awaitCalls(meter, 6);
        assertThat(meter.failures()).isEqualTo(1);
        assertThat(meter.running(0)).isZero();
        assertThat(meter.quantile(1)).isGreaterThanOrEqualTo(meter.quantile(.5)).isPositive();
    }

    // a call has left the plugin a moment after its answer has arrived
    private static void awaitCalls(CallMeter meter, int calls) {
        while (meter.calls() < calls) {
            Thread.onSpinWait();
        }
    }

    @Test
    void lease_afterClose_isRefused() throws Exception {
        fill(image("allowing"));
        slots.close();

        assertThatThrownBy(slots::lease).satisfies(e -> assertCode(e, StandardErrorCode.CANCELLED));
    }
}
