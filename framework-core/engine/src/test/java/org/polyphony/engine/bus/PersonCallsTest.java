package org.polyphony.engine.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.polyphony.engine.plugin.Opened;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.plugin.Role.AdaptCall;
import org.polyphony.engine.plugin.Role.NextCall;
import org.polyphony.engine.plugin.Role.PreferCall;
import org.polyphony.engine.plugin.Verb;
import org.polyphony.engine.sample.parametric.CoinProfiler;
import org.polyphony.engine.tensor.LeakReport;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.profile.AdaptRequest;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;
import org.polyphony.spi.profile.NextRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferRequest.Form;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.testkit.TestJudgments;
import org.polyphony.spi.testkit.fake.CountingProfiler;

/// Profiles learn a person and say what to ask, over the bus.
class PersonCallsTest {

    private static final Candidates CANDIDATES = TestJudgments.candidates(3, 2);
    private static final Whose NURSE = new Whose.Seats(Map.of("nurse", 1.0));

    private final List<LeakReport> leaks = new CopyOnWriteArrayList<>();
    private final TensorMemory memory = TensorMemory.withLimit(1 << 24, leaks::add);
    private final StageBus bus = StageBus.start(memory);
    private final OwnerMemory plugin = memory.owner("profiler");
    private final Opened opened = new Opened(plugin.name(), Runnable::run, 8);
    private final OwnerMemory caller = memory.owner("engine");
    private final TensorScope scope = caller.openScope("run");
    private final StageClient client = StageClient.of(
            bus,
            Run.of("run-1", 42, new Run.Listener() {
                @Override
                public void issue(Stage stage, Issue issue) {}

                @Override
                public void advanced(Stage stage, long done, long total) {}
            }),
            scope);

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertThat(opened.stop(Duration.ofSeconds(10))).isTrue();
        for (var closeable : List.<AutoCloseable>of(client, scope, plugin, caller, bus, memory)) {
            closeable.close();
        }
        assertThat(leaks).isEmpty();
    }

    private <I extends Record, O extends Record> O call(Verb<I, O> verb, I input) {
        return client.call(
                new StageCall<>(verb, "profiler", "lease-1", StageCall.DEFAULT_SETTINGS, Duration.ofSeconds(30)),
                input);
    }

    private StageEndpoint open(ValueProfiler profiler) {
        return StageEndpoint.open(
                bus, Role.PROFILER, "profiler", (_, _) -> new FixedTarget(profiler, plugin, opened, () -> {}));
    }

    private String fitted() {
        var judgments = TestJudgments.random(1, CANDIDATES, 6, 40, "nurse", "patient");
        var seating = Seating.of("group", List.of("nurse", "patient"));
        return client.keep(
                call(Role.FIT, FitRequest.of(judgments, TestJudgments.training(judgments.count(), 0), seating)));
    }

    private static JudgedData said() {
        var built = TestJudgments.about(CANDIDATES, 1, "group", "nurse", "patient");
        return new JudgedData(built.pair(0, 0, -1, 2, 0).pair(0, 0, -1, 2, 1).build(), Optional.empty());
    }

    @Test
    void adapt_aPerson_isAskedForAndAskedOnce() {
        try (var _ = open(new CountingProfiler())) {
            var profiles = fitted();
            var known = call(Role.ADAPT, new AdaptCall(profiles, new AdaptRequest("judge0000", NURSE, said())));
            var self = new Whose.Person("judge0000", Optional.of(known));
            var viewpoints = List.of(Viewpoint.of("me", self), Viewpoint.ofSeat("nurse"));
            var estimate = call(
                    Role.PREFER,
                    new PreferCall(profiles, new PreferRequest(CANDIDATES, viewpoints, Optional.empty(), Form.PAIRS)));
            assertThat(estimate.blends().getFirst().judgments()).isEqualTo(2);
            var p = estimate.pairs().getLast().p();
            assertThat(p.at(0, 0, 2, 0)).isGreaterThan(p.at(0, 1, 2, 0));
            var questions = call(Role.NEXT, new NextCall(profiles, NextRequest.of(self, CANDIDATES, 9)));
            assertThat(questions.count()).as("four pairs, two of them judged").isEqualTo(2);
        }
    }

    @Test
    void adapt_profilesThatLearnNobody_isRefused() {
        try (var _ = open(new CoinProfiler())) {
            var profiles = fitted();
            for (Runnable asked : List.<Runnable>of(
                    () -> call(Role.ADAPT, new AdaptCall(profiles, new AdaptRequest("judge0000", NURSE, said()))),
                    () -> call(Role.NEXT, new NextCall(profiles, NextRequest.of(NURSE, CANDIDATES, 1))))) {
                assertThatThrownBy(asked::run)
                        .hasMessageContaining("learn nobody after their fit")
                        .asInstanceOf(type(AlignmentException.class))
                        .extracting(AlignmentException::code)
                        .isEqualTo(StandardErrorCode.UNSUPPORTED);
            }
        }
    }
}
