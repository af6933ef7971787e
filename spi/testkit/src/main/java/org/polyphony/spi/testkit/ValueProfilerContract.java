package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Determinism;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.ValueProfiles;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// What every [ValueProfiler] must do. Implement [#profiler] and inherit the tests.
public interface ValueProfilerContract extends PluginContract {

    /// Seats of the tests.
    List<String> SEATS = List.of("nurse", "patient");

    /// A fresh instance of the profiler under test.
    ValueProfiler profiler();

    /// Features of candidates, FLOAT64 (M, D), for profilers that need them; absent unless overridden.
    default Optional<Tensor> features(Candidates candidates) {
        return Optional.empty();
    }

    @Override
    default Object plugin() {
        return profiler();
    }

    @Test
    default void prefer_afterFit_isAPreferenceTensorOfTheSeatsAsked() {
        var judgments = sample(31, 300);
        var estimate = estimate(judgments, TestJudgments.training(judgments.count(), 5), SEATS, 2);
        PreferenceChecks.assertWellFormed(ask(judgments.candidates(), SEATS), estimate);
    }

    @Test
    default void prefer_clearPreferences_pointTheRightWay() {
        var built = TestJudgments.about(TestJudgments.candidates(3, 2), 10, "group", "nurse", "patient");
        for (int n = 0; n < 60; n++) {
            int level = n % 2;
            built.pair(0, n % 10, level, 2, 1).pair(0, n % 10, level, 1, 0).pair(1, n % 10, level, level, 1 - level);
        }
        var estimate = estimate(built.build(), TestJudgments.training(180, 0), SEATS, 2);
        for (int seat = 0; seat < 2; seat++) {
            assertThat(PreferenceChecks.probability(estimate, 0, seat, 2, 1))
                    .as("everyone prefers 2 to 1, seat %s", SEATS.get(seat))
                    .isGreaterThan(0.5);
        }
        assertThat(PreferenceChecks.probability(estimate, 1, 0, 0, 1))
                .as("nurses prefer 0, patients 1: their estimates differ")
                .isGreaterThan(PreferenceChecks.probability(estimate, 1, 1, 0, 1));
    }

    @Test
    default void prefer_eachItem_isAnsweredByItsOwnJudgments() {
        var built = TestJudgments.about(TestJudgments.candidates(3, 3, 3, 2), 10, "group", "nurse", "patient");
        for (int n = 0; n < 160; n++) {
            int item = n % 4;
            int best = item % 3;
            built.pair(item, n / 4 % 10, n / 8 % 2, best, item == 3 ? 1 : (best + 1 + n / 16 % 2) % 3);
        }
        var estimate = estimate(built.build(), TestJudgments.training(160, 0), SEATS, 2);
        for (int item = 0; item < 4; item++) {
            int best = item % 3;
            for (int other = 0; other < (item == 3 ? 2 : 3); other++) {
                if (other != best) {
                    assertThat(PreferenceChecks.probability(estimate, item, 0, best, other))
                            .as("everyone prefers %s to %s of item %s", best, other, item)
                            .isGreaterThan(0.5);
                }
            }
        }
    }

    @Test
    default void prefer_seatsInAnotherOrder_answersInThatOrder() {
        var judgments = sample(32, 200);
        var all = TestJudgments.training(judgments.count(), 0);
        try (var context = context()) {
            var fit = context.share(new FitRequest(judgments, all, "group", SEATS, features(judgments.candidates())));
            var profiles = profiler().open(profiler().fit(fit, context), context);
            var asked = profiles.prefer(ask(judgments.candidates(), SEATS), context);
            var turned = profiles.prefer(ask(judgments.candidates(), SEATS.reversed()), context);
            var alone = profiles.prefer(ask(judgments.candidates(), List.of("patient")), context);
            PreferenceChecks.assertWellFormed(ask(judgments.candidates(), SEATS.reversed()), turned);
            for (int item = 0; item < judgments.candidates().items().size(); item++) {
                double expected = PreferenceChecks.probability(
                        asked, item, 1, 0, 1 % judgments.candidates().count(item));
                assertThat(PreferenceChecks.probability(
                                turned, item, 0, 0, 1 % judgments.candidates().count(item)))
                        .isEqualTo(expected);
                assertThat(PreferenceChecks.probability(
                                alone, item, 0, 0, 1 % judgments.candidates().count(item)))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    default void prefer_unknownSeat_isRefusedNamingIt() {
        var judgments = sample(33, 100);
        var all = TestJudgments.training(judgments.count(), 0);
        assertThatExceptionOfType(AlignmentException.class)
                .isThrownBy(() -> {
                    try (var context = context()) {
                        var fit = new FitRequest(judgments, all, "group", SEATS, features(judgments.candidates()));
                        var profiles = profiler().open(profiler().fit(fit, context), context);
                        profiles.prefer(ask(judgments.candidates(), List.of("nobody")), context);
                    }
                })
                .withMessageContaining("nobody");
    }

    @Test
    default void fit_blankLevels_haveNoSeatAndDoNoHarm() {
        var built = TestJudgments.about(TestJudgments.candidates(3), 4, "group", "nurse", "patient");
        for (int n = 0; n < 40; n++) {
            built.pair(0, n % 4, n % 4 == 0 ? n / 4 % 2 : -1, 2, 0);
        }
        var estimate = estimate(built.build(), TestJudgments.training(40, 0), SEATS, 1);
        PreferenceChecks.assertWellFormed(ask(TestJudgments.candidates(3), SEATS), estimate);
        double counted = estimate.buckets().getFirst().counts().at(0, 0, 2, 0)
                + estimate.buckets().getFirst().counts().at(0, 1, 2, 0);
        assertThat(counted).as("blank judgments are nobody's own").isEqualTo(10);
    }

    @Test
    default void fit_oneAnnotatorAndOneCandidate_isAnswered() {
        var built = TestJudgments.about(TestJudgments.candidates(2, 1), 1, "group", "nurse", "patient");
        var estimate = estimate(built.pair(0, 0, 0, 1, 0).build(), TestJudgments.training(1, 0), SEATS, 1);
        PreferenceChecks.assertWellFormed(ask(TestJudgments.candidates(2, 1), SEATS), estimate);
    }

    @Test
    default void fit_ties_stayTied() {
        var built = TestJudgments.about(TestJudgments.candidates(2), 4, "group", "nurse", "patient");
        for (int n = 0; n < 20; n++) {
            built.tie(0, n % 4, n % 2, 0, 1);
        }
        var estimate = estimate(built.build(), TestJudgments.training(20, 0), SEATS, 1);
        for (int seat = 0; seat < 2; seat++) {
            double p = PreferenceChecks.probability(estimate, 0, seat, 0, 1);
            assertThat(Math.abs(p - 0.5)).as("only ties, but P is %s", p).isLessThan(1e-6);
        }
    }

    @Test
    default void fit_groupWithoutJudgments_warnsAndAnswers() {
        var built = TestJudgments.about(TestJudgments.candidates(3), 3, "group", "nurse", "patient");
        for (int n = 0; n < 12; n++) {
            built.pair(0, n % 3, 0, n % 3, (n + 1) % 3);
        }
        var judgments = built.build();
        try (var context = context()) {
            var all = TestJudgments.training(12, 0);
            var fit = context.share(new FitRequest(judgments, all, "group", SEATS, features(judgments.candidates())));
            var profiles = profiler().open(profiler().fit(fit, context), context);
            var request = ask(judgments.candidates(), SEATS);
            PreferenceChecks.assertWellFormed(request, profiles.prefer(request, context));
            assertThat(context.issues())
                    .as("a seat without judgments deserves a warning that names it")
                    .anySatisfy(issue -> {
                        assertThat(issue.severity()).isEqualTo(Issue.Severity.WARNING);
                        assertThat(issue.message() + issue.location()).contains("patient");
                    });
        }
    }

    @Test
    default void fit_nothingToLearnFrom_isRefused() {
        var judgments = sample(34, 20);
        var none = TestJudgments.training(judgments.count(), 1);
        assertThatExceptionOfType(AlignmentException.class)
                .isThrownBy(() -> estimate(judgments, none, SEATS, 1))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.JUDGMENTS_EMPTY));
    }

    @Test
    default void fit_heldOutJudgments_areNotLookedAt() {
        var judgments = sample(35, 200);
        var training = TestJudgments.training(judgments.count(), 4);
        PluginContract.assertSame(
                fit(TestJudgments.withHeldOutReversed(judgments, training), training, 2),
                fit(judgments, training, 2),
                "the fit is the same when held-out judgments are turned round");
    }

    @Test
    default void fit_judgmentsInAnotherOrder_givesTheSamePreferences() {
        var judgments = sample(36, 200);
        var order = IntStream.range(0, judgments.count()).boxed().collect(java.util.stream.Collectors.toList());
        Collections.shuffle(order, new java.util.Random(1));
        var shuffled = TestJudgments.reordered(
                judgments, order.stream().mapToInt(i -> i).toArray());
        var all = TestJudgments.training(judgments.count(), 0);
        PreferenceChecks.assertClose(estimate(shuffled, all, SEATS, 2), estimate(judgments, all, SEATS, 2), 1e-9);
    }

    @Test
    default void fit_artefact_isFiniteData() {
        var judgments = sample(37, 100);
        var artefact = fit(judgments, TestJudgments.training(judgments.count(), 0), 2);
        assertThat(artefact.type()).matches("[a-z0-9]+([.-][a-z0-9]+)+");
        SpiValues.tensors(artefact).forEach((path, tensor) -> {
            if (tensor.type() == ElementType.FLOAT64) {
                TensorAssert.assertThat(tensor).as(path).isFinite();
            }
        });
    }

    @Test
    default void open_unknownVersionOrType_isRefused() {
        var judgments = sample(38, 50);
        var known = fit(judgments, TestJudgments.training(judgments.count(), 0), 1);
        var newer = Artefact.of(known.type(), known.version() + 1000, known.texts(), known.tensors());
        var other = Artefact.of("somebody.else", known.version(), known.texts(), known.tensors());
        for (var artefact : List.of(newer, other)) {
            try (var context = context()) {
                assertThatExceptionOfType(AlignmentException.class)
                        .isThrownBy(() -> profiler().open(artefact, context))
                        .satisfies(f -> assertThat(f.code()).isEqualTo(StandardErrorCode.ARTEFACT_UNREADABLE));
            }
        }
    }

    @Test
    default void open_storedArtefact_prefersTheSame() {
        var judgments = sample(39, 150);
        var all = TestJudgments.training(judgments.count(), 0);
        var artefact = fit(judgments, all, 2); // copied out of a context that is closed by now
        try (var context = context()) {
            var stored = context.share(artefact);
            var estimate = profiler().open(stored, context).prefer(ask(judgments.candidates(), SEATS), context);
            PluginContract.assertSame(estimate, estimate(judgments, all, SEATS, 2), "opened from a store");
        }
    }

    @Test
    default void open_once_answersManyCallsAsOpenedForEach() {
        var judgments = sample(45, 150);
        var artefact = fit(judgments, TestJudgments.training(judgments.count(), 0), 2);
        try (var store = context()) { // the artefact lives as long as what was opened from it
            var stored = store.share(artefact);
            ValueProfiles profiles;
            try (var opening = context()) {
                profiles = profiler().open(stored, opening);
            }
            var request = store.share(ask(judgments.candidates(), SEATS));
            for (int call = 0; call < 3; call++) {
                try (var context = context()) {
                    PluginContract.assertSame(
                            PluginContract.taken(profiles.prefer(request, context)),
                            PluginContract.taken(
                                    profiler().open(stored, context).prefer(request, context)),
                            "call " + call + " of profiles that were opened once");
                }
            }
        }
    }

    @Test
    default void fit_sameSeedAndMoreThreads_givesTheSameBytes() {
        assumePromised(Determinism.EXACT);
        var judgments = sample(40, 400);
        var all = TestJudgments.training(judgments.count(), 0);
        PluginContract.assertSame(fit(judgments, all, 5), fit(judgments, all, 1), "fit");
        PluginContract.assertSame(estimate(judgments, all, SEATS, 5), estimate(judgments, all, SEATS, 1), "prefer");
    }

    @Test
    default void prefer_calledAtOnce_answersAsAlone() {
        assumePromised(Determinism.SEEDED);
        var judgments = sample(41, 150);
        var artefact = fit(judgments, TestJudgments.training(judgments.count(), 0), 1);
        try (var opening = context()) {
            var profiles = profiler().open(opening.share(artefact), opening);
            var request = opening.share(ask(judgments.candidates(), SEATS));
            var answers = PluginContract.atOnce(() -> {
                try (var context = context()) {
                    return PluginContract.taken(profiles.prefer(request, context));
                }
            });
            answers.forEach(answer -> PluginContract.assertSame(answer, answers.getFirst(), "prefer"));
        }
    }

    @Test
    default void fit_inputs_areLeftAlone() {
        var judgments = sample(42, 100);
        var all = TestJudgments.training(judgments.count(), 0);
        try (var context = context()) {
            var original = new FitRequest(judgments, all, "group", SEATS, features(judgments.candidates()));
            var shared = context.share(original);
            profiler().fit(shared, context);
            PluginContract.assertSame(shared, original, "inputs are read-only");
        }
    }

    @Test
    default void fit_littleMemory_isToldAsSuch() {
        var judgments = sample(44, 100);
        var all = TestJudgments.training(judgments.count(), 0);
        var profiler = profiler();
        PluginContract.assertBearsLittleMemory(this::context, context -> {
            var request = new FitRequest(judgments, all, "group", SEATS, features(judgments.candidates()));
            var profiles = profiler.open(profiler.fit(context.share(request), context), context);
            profiles.prefer(context.share(ask(judgments.candidates(), SEATS)), context);
        });
    }

    @Test
    default void fit_cancelled_stops() {
        var judgments = sample(43, 2000);
        var all = TestJudgments.training(judgments.count(), 0);
        try (var context = context().cancel()) {
            var request =
                    context.share(new FitRequest(judgments, all, "group", SEATS, features(judgments.candidates())));
            assertThatExceptionOfType(AlignmentException.class)
                    .as("fit must call checkCancelled now and then")
                    .isThrownBy(() -> profiler().fit(request, context))
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.CANCELLED));
        }
    }

    private Artefact fit(Judgments judgments, Tensor training, int threads) {
        try (var context = context().withThreads(threads)) {
            var request = new FitRequest(judgments, training, "group", SEATS, features(judgments.candidates()));
            return PluginContract.taken(profiler().fit(context.share(request), context));
        }
    }

    private PreferenceEstimate estimate(Judgments judgments, Tensor training, List<String> seats, int threads) {
        try (var context = context().withThreads(threads)) {
            var request = new FitRequest(judgments, training, "group", seats, features(judgments.candidates()));
            var profiles = profiler().open(profiler().fit(context.share(request), context), context);
            return PluginContract.taken(profiles.prefer(context.share(ask(judgments.candidates(), seats)), context));
        }
    }

    private PreferRequest ask(Candidates candidates, List<String> seats) {
        return new PreferRequest(candidates, seats, features(candidates));
    }

    private static Judgments sample(long seed, int count) {
        return TestJudgments.random(seed, TestJudgments.candidates(4, 2, 3, 3, 4, 2), 12, count, "nurse", "patient");
    }
}
