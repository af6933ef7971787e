package org.polyphony.engine.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.polyphony.engine.plugin.PluginFailure;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.tensor.LeakReport;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.Encodings;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Shape;
import org.polyphony.spi.tensor.Tensor;

class StageCallTest {

    private static final Stage SELF_TEST = new Stage(Role.ENCODER, "encoder", "self-test");
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<LeakReport> leaks = new CopyOnWriteArrayList<>();
    private final List<Issue> issues = new CopyOnWriteArrayList<>();
    private final List<String> progress = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private TensorMemory memory;
    private OwnerMemory plugin;
    private StageBus bus;
    private TensorScope scope;
    private Run run;

    @BeforeEach
    void start() {
        memory = TensorMemory.withLimit(1 << 24, leaks::add);
        bus = StageBus.start(memory);
        plugin = memory.owner("test-encoder 1.0.0");
        var caller = memory.owner("engine");
        scope = caller.openScope("run");
        run = Run.of("run-1", 42, new Run.Listener() {
            @Override
            public void issue(Stage stage, Issue issue) {
                issues.add(issue);
            }

            @Override
            public void advanced(Stage stage, long done, long total) {
                progress.add(stage + " " + done + "/" + total);
            }
        });
        toClose.addAll(List.of(scope, plugin, caller, bus, memory));
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (var closeable : toClose) {
            closeable.close();
        }
        assertThat(leaks).isEmpty();
    }

    private Encodings call(TextEncoder encoder) {
        try (var _ = StageEndpoint.open(bus, Role.ENCODER, "encoder", (_, _) -> new FixedTarget(encoder, plugin))) {
            return request(LONG);
        }
    }

    private Encodings request(Duration timeout) {
        return StageClient.of(bus, run, scope)
                .call(
                        new StageCall<>(Role.ENCODE, "encoder", "lease-1", StageCall.DEFAULT_SETTINGS, timeout),
                        new EncodeRequest(List.of("one", "two")));
    }

    private static Consumer<Throwable> code(ErrorCode expected) {
        return thrown -> assertThat(thrown)
                .asInstanceOf(type(AlignmentException.class))
                .extracting(AlignmentException::code)
                .isEqualTo(expected);
    }

    private static Encodings answer(double... values) {
        return Encodings.of(Tensor.ofDoubles(values, values.length, 1));
    }

    @Test
    void call_resultInTheCallsMemory_movesToTheCallerWithoutACopy() {
        var address = new long[1];
        var result = call((request, context) -> {
            var features = context.allocator().doubles(request.texts().size(), 3);
            features.fill(0.5);
            address[0] = features.data().address();
            return Encodings.of(features);
        });
        assertThat(result.features().toDoubles()).containsOnly(0.5).hasSize(6);
        assertThat(result.features().data().address()).isEqualTo(address[0]);
        assertThat(address[0] % 64).isZero();
        assertThat(plugin.allocated()).isZero();
        assertThat(scope.allocated()).isEqualTo(64);
    }

    @Test
    void call_resultOnTheHeap_isCopied() {
        var values = new double[] {1, 2};
        var result = call((_, _) -> answer(values));
        values[0] = 7;
        assertThat(result.features().toDoubles()).containsExactly(1, 2);
    }

    @Test
    void call_allocatedButNotReturned_isFreedAndNoLongerReadable() {
        var kept = new Tensor[1];
        call((_, context) -> {
            kept[0] = context.allocator().doubles(1000);
            return answer(1, 2);
        });
        assertThat(plugin.allocated()).isZero();
        assertThatThrownBy(() -> kept[0].getDouble(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void call_contextKept_isRefusedAfterwards() {
        var kept = new PluginContext[1];
        call((_, context) -> {
            kept[0] = context;
            return answer(1, 2);
        });
        for (ThrowingCallable late : List.<ThrowingCallable>of(
                () -> kept[0].allocator(),
                () -> kept[0].seed(),
                () -> kept[0].plugin(),
                () -> kept[0].cache(),
                () -> kept[0].checkCancelled(),
                () -> kept[0].parallel(1, chunk -> chunk))) {
            assertThatThrownBy(late)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("that of encoder.encoder.encode was used afterwards");
        }
        kept[0].report(Issue.note("LATE", "nobody hears it", ""));
        kept[0].progress(1, 1);
        assertThat(issues).isEmpty();
        assertThat(progress).isEmpty();
    }

    @Test
    void abandon_twice_interruptsOnce() {
        var state = new CallState();
        assertThat(state.enter()).isTrue();
        state.abandon(new IllegalStateException("given up"));
        assertThat(Thread.interrupted()).isTrue();
        state.abandon(new IllegalStateException("given up"));
        assertThat(Thread.interrupted()).isFalse();
        state.leave();
    }

    @Test
    void call_pluginContext_hasSeedThreadProgressAndIssues() {
        call((_, context) -> {
            assertThat(Thread.currentThread().isVirtual()).isTrue();
            assertThat(context.seed()).isEqualTo(42);
            assertThat(context.remainingNanos()).isPositive().isLessThanOrEqualTo(LONG.toNanos());
            assertThat(context.call()).hasToString("encoder.encoder.encode of run-1");
            assertThat(context.logger().getName()).isEqualTo("polyphony.plugin.test-encoder 1.0.0");
            assertThat(context.cache()).hasToString("cache of test-encoder 1.0.0");
            assertThat(context.parallel(3, chunk -> chunk * chunk)).containsExactly(0, 1, 4);
            context.progress(1, 2);
            context.progress(2, 2);
            context.report(Issue.note("TEXT_SHORT", "one is short", "line 1"));
            return answer(1, 2);
        });
        assertThat(issues).extracting(Issue::code).containsExactly("TEXT_SHORT");
        assertThat(progress).startsWith("encoder.encoder.encode 1/2").endsWith("encoder.encoder.encode 2/2");
    }

    @Test
    void call_alignmentException_keepsItsCodeAndMessage() {
        assertThatThrownBy(() -> call((_, _) -> {
                    throw new AlignmentException(StandardErrorCode.UNSUPPORTED, "no such language: xx; use en");
                }))
                .satisfies(code(StandardErrorCode.UNSUPPORTED))
                .hasMessageContaining("no such language: xx; use en");
    }

    private enum OwnCode implements ErrorCode {
        MODEL_MISSING;

        @Override
        public Fault fault() {
            return Fault.USER;
        }
    }

    @Test
    void call_pluginsOwnErrorCode_survivesWithoutItsClass() {
        assertThatThrownBy(() -> call((_, _) -> {
                    throw new AlignmentException(OwnCode.MODEL_MISSING, "no model");
                }))
                .asInstanceOf(type(AlignmentException.class))
                .satisfies(e -> {
                    assertThat(e.code().name()).isEqualTo("MODEL_MISSING");
                    assertThat(e.code().fault()).isEqualTo(ErrorCode.Fault.USER);
                    assertThat(e.code()).isNotInstanceOf(OwnCode.class);
                });
    }

    @Test
    void call_anythingElseThrown_isAFailureNamingPluginAndVerb() {
        assertFailure(new IllegalStateException("broken"), StandardErrorCode.PLUGIN_FAILED);
        assertFailure(new StackOverflowError(), StandardErrorCode.PLUGIN_FAILED);
        assertFailure(new NoSuchMethodError("gone()"), StandardErrorCode.PLUGIN_FAILED);
        assertFailure(new OutOfMemoryError("heap"), StandardErrorCode.MEMORY_EXHAUSTED);
    }

    /// An exception all of whose methods throw.
    private static final class Silent extends RuntimeException {

        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new StackOverflowError("no message");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("no trace");
        }
    }

    @Test
    void call_exceptionThatThrows_isPluginFailed() {
        assertFailure(new Silent(), StandardErrorCode.PLUGIN_FAILED);
    }

    @Test
    void call_messageLongOrWithControlCharacters_isCutAndEscaped() {
        assertThatThrownBy(() -> call((_, _) -> {
                    throw new IllegalStateException("\u001b[31mred\u0007\n" + "x".repeat(10_000));
                }))
                .hasMessageContaining("\\u001b[31mred\\u0007 xxx")
                .hasMessageContaining("… (10010 characters)")
                .satisfies(
                        e -> assertThat(e.getMessage()).hasSizeLessThan(5_000).doesNotContain("\u001b", "\n"));
    }

    @Test
    void call_pluginsErrorCodeIsNoName_isPluginFailed() {
        ErrorCode nameless = new ErrorCode() {
            @Override
            public String name() {
                return "\u001b[31m";
            }

            @Override
            public Fault fault() {
                return Fault.USER;
            }
        };
        assertThatThrownBy(() -> call((_, _) -> {
                    throw new AlignmentException(nameless, "no name");
                }))
                .satisfies(code(StandardErrorCode.PLUGIN_FAILED));
    }

    @Test
    void call_pluginExchangesStandardStreams_theyAreThereAgain() {
        var out = System.out;
        call((_, _) -> {
            System.setOut(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
            return answer(1, 2);
        });
        assertThat(System.out).isSameAs(out);
    }

    private void assertFailure(Throwable thrown, StandardErrorCode code) {
        assertThatThrownBy(() -> call((_, context) -> {
                    context.allocator().doubles(10);
                    if (thrown instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) thrown;
                }))
                .satisfies(code(code))
                .hasMessageContaining("test-encoder 1.0.0")
                .hasMessageContaining("encoder.encode")
                .hasCauseInstanceOf(PluginFailure.class);
        assertThat(plugin.allocated()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway") // what a plugin does that is compiled without the check
    void call_nullOrForeignMemory_isPluginFailed() {
        assertNonsense((_, _) -> null, "null");
        assertNonsense((_, _) -> Encodings.of(null), "features is null");
        assertNonsense(
                (_, _) -> Encodings.of(Tensor.of(
                        ElementType.FLOAT64, Shape.of(2), Arena.ofAuto().allocate(16, 8))),
                "allocator");
    }

    private void assertNonsense(TextEncoder encoder, String hint) {
        assertThatThrownBy(() -> call(encoder))
                .satisfies(code(StandardErrorCode.PLUGIN_FAILED))
                .hasMessageContaining("test-encoder 1.0.0")
                .hasMessageContaining(hint);
    }

    @Test
    void call_beyondTheMemoryLimit_isMemoryExhausted() {
        assertThatThrownBy(() ->
                        call((_, context) -> Encodings.of(context.allocator().doubles(1 << 22))))
                .satisfies(code(StandardErrorCode.MEMORY_EXHAUSTED))
                .hasMessageContaining("test-encoder 1.0.0");
    }

    @Test
    void call_timeout_interruptsThePluginWhichKeepsItsInputs() throws Exception {
        var returned = new CountDownLatch(1);
        var seen = new CopyOnWriteArrayList<String>();
        TextEncoder slow = (request, context) -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException _) {
                scope.close();
                seen.addAll(request.texts());
                context.allocator().doubles(2);
            }
            return answer(1, 2);
        };
        try (var _ = StageEndpoint.open(
                bus, Role.ENCODER, "encoder", (_, _) -> new FixedTarget(slow, plugin, returned::countDown))) {
            assertThatThrownBy(() -> request(Duration.ofMillis(50)))
                    .satisfies(code(StandardErrorCode.PLUGIN_TIMEOUT))
                    .hasMessageContaining("test-encoder 1.0.0 ran for 0.05 s in encoder.encode");
            returned.await();
        }
        assertThat(seen).containsExactly("one", "two");
        assertThat(plugin.allocated()).isZero();
    }

    @Test
    void cancel_waitingCall_returnsCancelledAndTellsThePlugin() throws Exception {
        var entered = new CountDownLatch(1);
        var returned = new CountDownLatch(1);
        TextEncoder endless = (_, context) -> {
            entered.countDown();
            while (true) {
                context.checkCancelled();
                Thread.onSpinWait();
            }
        };
        var canceller = Thread.ofPlatform().start(() -> {
            try {
                entered.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            run.cancel();
        });
        try (var _ = StageEndpoint.open(
                bus, Role.ENCODER, "encoder", (_, _) -> new FixedTarget(endless, plugin, returned::countDown))) {
            assertThatThrownBy(() -> request(LONG)).satisfies(code(StandardErrorCode.CANCELLED));
            returned.await();
        }
        canceller.join();
        assertThatThrownBy(() -> request(LONG)).hasMessageContaining("cancelled");
    }

    @Test
    void call_slotWithoutEndpoint_saysSo() {
        assertThatThrownBy(() -> request(LONG))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("encoder");
        assertThat(memory.allocated()).isZero();
    }

    @Test
    void call_unknownLease_carriesTheProvidersMessage() {
        StageTarget.Provider provider = (slot, lease) -> {
            throw new AlignmentException(StandardErrorCode.PLUGIN_UNKNOWN, "no lease " + lease + " in " + slot);
        };
        try (var _ = StageEndpoint.open(bus, Role.ENCODER, "encoder", provider)) {
            assertThatThrownBy(() -> request(LONG)).hasMessageContaining("no lease lease-1 in encoder");
        }
    }

    @Test
    void selfTest_thatFails_namesThePluginAndKeepsNothingOfIt() {
        var target = new FixedTarget("plugin", plugin);
        PluginCall.selfTest(
                target, context -> context.allocator().doubles(3), SELF_TEST, "defaults", System.nanoTime());
        assertThatThrownBy(() -> PluginCall.selfTest(
                        target,
                        _ -> {
                            throw new AlignmentException(OwnCode.MODEL_MISSING, "no model");
                        },
                        SELF_TEST,
                        "defaults",
                        System.nanoTime()))
                .hasMessageContaining("no model")
                .hasCauseInstanceOf(PluginFailure.class)
                .asInstanceOf(type(AlignmentException.class))
                .satisfies(e -> assertThat(e.code()).isNotInstanceOf(OwnCode.class));
        assertThatThrownBy(() -> PluginCall.selfTest(
                        target,
                        _ -> {
                            throw new IllegalStateException("wrong answer");
                        },
                        SELF_TEST,
                        "defaults",
                        System.nanoTime()))
                .hasMessageContaining("test-encoder 1.0.0")
                .hasMessageContaining("self-test")
                .hasMessageContaining("wrong answer");
    }

    @Test
    void call_manyAtOnce_answersEachWithItsOwn() throws Exception {
        TextEncoder lengths = (request, context) -> {
            var features = context.allocator().doubles(request.texts().size());
            for (int i = 0; i < request.texts().size(); i++) {
                features.setDouble(i, request.texts().get(i).length());
            }
            return Encodings.of(features);
        };
        var wrong = new CopyOnWriteArrayList<Object>();
        try (var _ = StageEndpoint.open(bus, Role.ENCODER, "encoder", (_, _) -> new FixedTarget(lengths, plugin))) {
            var client = StageClient.of(bus, run, scope);
            var call = new StageCall<>(Role.ENCODE, "encoder", "lease", StageCall.DEFAULT_SETTINGS, LONG);
            var threads = new ArrayList<Thread>();
            for (int t = 0; t < 50; t++) {
                int length = t;
                threads.add(Thread.ofVirtual().start(() -> {
                    var answer = client.call(call, new EncodeRequest(List.of("x".repeat(length))));
                    if (answer.features().getDouble(0) != length) {
                        wrong.add(length);
                    }
                }));
            }
            for (var thread : threads) {
                thread.join();
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(scope.allocated()).isEqualTo(50 * 64);
        assertThat(plugin.allocated()).isZero();
    }
}
