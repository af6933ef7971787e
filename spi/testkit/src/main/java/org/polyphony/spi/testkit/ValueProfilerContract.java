package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
import org.polyphony.spi.profile.Blend;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferRequest.Form;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Seat;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.ValueProfiles;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// What every [ValueProfiler] must do. Implement [#profiler] and inherit the tests.
public interface ValueProfilerContract extends PluginContract {

    /// Seats of the tests.
    List<String> SEATS = List.of("nurse", "patient");

    /// Who has them.
    Seating SEATING = Seating.of("group", SEATS);

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
            var fit = context.share(request(judgments, all));
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
                        var fit = request(judgments, all);
                        var profiles = profiler().open(profiler().fit(fit, context), context);
                        profiles.prefer(ask(judgments.candidates(), List.of("nobody")), context);
                    }
                })
                .withMessageContaining("nobody");
    }

    /// A seat, and what is made of it alone, are one answer.
    @Test
    default void prefer_mixtureOfOneSeat_isThatSeatBitForBit() {
        var judgments = sample(51, 200);
        var fit = request(judgments, TestJudgments.training(judgments.count(), 5));
        var candidates = judgments.candidates();
        var seat = answer(fit, ask(candidates, Viewpoint.ofSeat("patient"))).pairs();
        for (var whose : List.of(
                new Whose.Seats(Map.of("patient", 1.0)),
                new Whose.Seats(Map.of("patient", 7.0, "nurse", 0.0)),
                new Whose.Claiming(Map.of("group", List.of("patient"))),
                new Whose.Claiming(Map.of("group", List.of("patient", "surgeon"), "country", List.of("jp"))))) {
            var alone = answer(fit, ask(candidates, Viewpoint.of("me", whose)));
            assertThat(alone.viewpoints()).containsExactly("me");
            assertThat(alone.blends().getFirst().seats()).isEqualTo(Map.of("patient", 1.0));
            for (int bucket = 0; bucket < seat.size(); bucket++) {
                PluginContract.assertSame(alone.pairs().get(bucket), seat.get(bucket), whose + " is one seat");
            }
        }
    }

    @Test
    default void prefer_mixture_liesBetweenItsSeats() {
        var judgments = sample(52, 200);
        var candidates = judgments.candidates();
        var asked = ask(
                candidates,
                Viewpoint.ofSeat("nurse"),
                Viewpoint.ofSeat("patient"),
                Viewpoint.of("both", new Whose.Seats(Map.of("nurse", 3.0, "patient", 1.0))),
                Viewpoint.of("anybody", new Whose.Claiming(Map.of())));
        var estimate = answer(request(judgments, TestJudgments.training(judgments.count(), 0)), asked);
        PreferenceChecks.assertWellFormed(asked, estimate);
        assertThat(estimate.blends().get(2).seats()).isEqualTo(Map.of("nurse", 0.75, "patient", 0.25));
        for (var bucket : estimate.pairs()) {
            for (int n = 0; n < bucket.p().dimension(0); n++) {
                double one = bucket.p().at(n, 0, 0, 1 % bucket.candidates());
                double other = bucket.p().at(n, 1, 0, 1 % bucket.candidates());
                for (int mixed = 2; mixed < 4; mixed++) {
                    assertThat(bucket.p().at(n, mixed, 0, 1 % bucket.candidates()))
                            .as("between %s and %s", one, other)
                            .isBetween(Math.min(one, other) - 1e-12, Math.max(one, other) + 1e-12);
                }
            }
        }
    }

    /// An answer says how many judgments and people stand behind it; those held out do not.
    @Test
    default void prefer_seat_tellsItsSupport() {
        var built = TestJudgments.about(TestJudgments.candidates(3), 5, "group", "nurse", "patient");
        for (int n = 0; n < 10; n++) {
            built.pair(0, n % 5, n % 5 < 3 ? 0 : -1, 2, 0); // annotators 0, 1 and 2 speak for nurses
        }
        var weights = new double[] {1, 1, 0, 1, 1, 2, 1, 0, 1, 1};
        var fit = request(built.build(), Tensor.ofDoubles(weights, 10));
        var blends = answer(fit, ask(fit.judgments().candidates(), SEATS)).blends();
        assertThat(blends.getFirst()).isEqualTo(Blend.ofSeat("nurse", 5, 2));
        assertThat(blends.getLast()).isEqualTo(Blend.ofSeat("patient", 0, 0));
    }

    @Test
    default void prefer_noOne_isRefused() {
        var judgments = sample(53, 100);
        refused(
                judgments,
                StandardErrorCode.VALUE_INVALID,
                "nobody",
                Viewpoint.of("v", new Whose.Seats(Map.of("nobody", 1.0, "nurse", 1.0))));
        refused(
                judgments,
                StandardErrorCode.VALUE_INVALID,
                "-1.0",
                Viewpoint.of("v", new Whose.Seats(Map.of("nurse", -1.0))));
        refused(
                judgments,
                StandardErrorCode.VALUE_INVALID,
                "zero",
                Viewpoint.of("v", new Whose.Seats(Map.of("nurse", 0.0))));
        refused(
                judgments,
                StandardErrorCode.VALUE_INVALID,
                "surgeon",
                Viewpoint.of("v", new Whose.Claiming(Map.of("group", List.of("surgeon")))));
    }

    /// Who asks what would be preferred if something else were valued is never answered as if nothing had
    /// been asked.
    @Test
    default void prefer_unknownValueDimension_isRefusedNamingIt() {
        refused(
                sample(54, 100),
                StandardErrorCode.UNSUPPORTED,
                "shoe-size",
                new Viewpoint("v", new Whose.Seats(Map.of("nurse", 1.0)), Map.of("shoe-size", 3.0)));
    }

    /// Either people have profiles of their own, or it is said that they have none.
    @Test
    default void prefer_person_isAnsweredOrRefused() {
        var judgments = sample(55, 200);
        var person = Viewpoint.of("me", new Whose.Person("judge0003", Optional.empty()));
        var stranger = Viewpoint.of("you", new Whose.Person("stranger", Optional.empty()));
        refused(judgments, StandardErrorCode.UNSUPPORTED, "judge0003", person); // fitted to seats only
        var seating = new Seating(Seating.Level.PERSON, SEATING.seats(), 0);
        var fit = request(judgments, TestJudgments.training(judgments.count(), 0), seating);
        var asked = ask(judgments.candidates(), person, Viewpoint.ofSeat("nurse"));
        PreferenceEstimate estimate;
        try {
            estimate = answer(fit, asked);
        } catch (AlignmentException e) {
            assertThat(e.code()).isEqualTo(StandardErrorCode.UNSUPPORTED);
            return;
        }
        PreferenceChecks.assertWellFormed(asked, estimate);
        assertThat(estimate.blends().getFirst().people()).isEqualTo(1);
        assertThatExceptionOfType(AlignmentException.class)
                .isThrownBy(() -> answer(fit, ask(judgments.candidates(), stranger)))
                .withMessageContaining("stranger");
    }

    /// Either the model has a number for every candidate, and P follows from it, as it is or as the mean over what its
    /// deviation leaves open, or it is said that it has none.
    @Test
    default void prefer_scores_areThoseOfThePairsOrRefused() {
        var judgments = sample(56, 200);
        var fit = request(judgments, TestJudgments.training(judgments.count(), 0));
        var asked = ask(judgments.candidates(), SEATS);
        PreferenceEstimate scored;
        try {
            scored = answer(fit, asked.as(Form.SCORES));
        } catch (AlignmentException e) {
            assertThat(e.code()).isEqualTo(StandardErrorCode.UNSUPPORTED);
            return;
        }
        PreferenceChecks.assertWellFormed(asked.as(Form.SCORES), scored);
        var pairs = answer(fit, asked).pairs();
        for (int bucket = 0; bucket < pairs.size(); bucket++) {
            var p = pairs.get(bucket).p();
            var scores = scored.scores().get(bucket).scores();
            int last = p.dimension(3) - 1;
            for (int n = 0; n < p.dimension(0); n++) {
                for (int seat = 0; seat < SEATS.size(); seat++) {
                    double apart = scores.at(n, seat, 0) - scores.at(n, seat, last);
                    double deviation = pairs.get(bucket).deviation().at(n, seat, 0, last);
                    double shrunk = apart / Math.sqrt(1 + Math.PI / 8 * deviation * deviation);
                    double answered = p.at(n, seat, 0, last);
                    assertThat(Math.abs(1 / (1 + Math.exp(-apart)) - answered) < 1e-9
                                    || Math.abs(1 / (1 + Math.exp(-shrunk)) - answered) < 1e-9)
                            .as("P = %s of a difference of %s with deviation %s", answered, apart, deviation)
                            .isTrue();
                }
            }
        }
    }

    /// What nobody judged is answered from its features, or not at all.
    @Test
    default void prefer_itemOutsideTheFit_isRefusedOrTakesFeatures() {
        var judgments = sample(57, 200);
        var fit = request(judgments, TestJudgments.training(judgments.count(), 0));
        var other = Candidates.of(
                List.of("unheard"), List.of("of"), List.of("x", "y"), List.of("x", "y"), new int[] {0, 2});
        var asked = ask(other, SEATS);
        if (asked.features().isPresent()) {
            PreferenceChecks.assertWellFormed(asked, answer(fit, asked));
        } else {
            assertThatExceptionOfType(AlignmentException.class)
                    .isThrownBy(() -> answer(fit, asked))
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.UNSUPPORTED))
                    .withMessageContaining("unheard");
        }
    }

    /// A judgment of weight 2 teaches what the judgment given twice does, one of weight 0 nothing.
    @Test
    default void fit_weights_areHowOftenAJudgmentCounts() {
        var judgments = sample(58, 120);
        int n = judgments.count();
        var weights = new double[n];
        var drawn = new ArrayList<Integer>();
        for (int i = 0; i < n; i++) {
            weights[i] = i % 3;
            for (int time = 0; time < i % 3; time++) {
                drawn.add(i);
            }
        }
        var given = TestJudgments.reordered(
                judgments, drawn.stream().mapToInt(i -> i).toArray());
        var asked = ask(judgments.candidates(), SEATS);
        PreferenceChecks.assertClose(
                answer(request(judgments, Tensor.ofDoubles(weights, n)), asked),
                answer(request(given, TestJudgments.training(given.count(), 0)), asked),
                1e-6);
    }

    /// Seats of crossed attributes are seats like others: of those that fit, the one that says most speaks.
    ///
    ///
    @Test
    default void fit_crossedSeats_areAnswered() {
        var judgments = TestJudgments.withAttribute(sample(59, 300), "country", "jp", "us");
        var seating = Seating.of(List.of(
                new Seat("nurses in japan", Map.of("group", "nurse", "country", "jp")),
                Seat.of("group", "nurse"),
                new Seat("everyone", Map.of())));
        var asked = ask(judgments.candidates(), seating.ids());
        var estimate = answer(request(judgments, TestJudgments.training(judgments.count(), 0), seating), asked);
        PreferenceChecks.assertWellFormed(asked, estimate);
        assertThat(estimate.blends().stream().mapToDouble(Blend::judgments).sum())
                .as("every judgment has one seat")
                .isEqualTo(judgments.count());
        assertThat(estimate.blends())
                .allSatisfy(blend -> assertThat(blend.judgments()).isPositive());
    }

    @Test
    default void fit_attributeNobodyKnows_isRefusedNamingIt() {
        var judgments = sample(60, 50);
        var all = TestJudgments.training(judgments.count(), 0);
        assertThatExceptionOfType(AlignmentException.class)
                .isThrownBy(() -> answer(
                        request(judgments, all, Seating.of("nation", SEATS)), ask(judgments.candidates(), SEATS)))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.COLUMN_MISSING))
                .withMessageContaining("nation");
    }

    @Test
    default void fit_blankLevels_haveNoSeatAndDoNoHarm() {
        var built = TestJudgments.about(TestJudgments.candidates(3), 4, "group", "nurse", "patient");
        for (int n = 0; n < 40; n++) {
            built.pair(0, n % 4, n % 4 == 0 ? n / 4 % 2 : -1, 2, 0);
        }
        var estimate = estimate(built.build(), TestJudgments.training(40, 0), SEATS, 1);
        PreferenceChecks.assertWellFormed(ask(TestJudgments.candidates(3), SEATS), estimate);
        double counted = estimate.pairs().getFirst().counts().at(0, 0, 2, 0)
                + estimate.pairs().getFirst().counts().at(0, 1, 2, 0);
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

    /// A label compares nothing. A profiler may learn from labels; one that does not says how many it left
    /// out.
    @Test
    default void fit_labelsItDoesNotUse_areCounted() {
        var compared = TestJudgments.about(TestJudgments.candidates(3), 4, "group", "nurse", "patient");
        var labelled = TestJudgments.about(TestJudgments.candidates(3), 4, "group", "nurse", "patient");
        for (int n = 0; n < 20; n++) {
            compared.pair(0, n % 4, n % 2, n % 3, (n + 1) % 3);
            labelled.pair(0, n % 4, n % 2, n % 3, (n + 1) % 3);
        }
        for (int n = 0; n < 17; n++) {
            labelled.label(0, n % 4, n % 2, n % 3, 1);
        }
        var judgments = labelled.build();
        try (var context = context()) {
            var all = TestJudgments.training(judgments.count(), 0);
            var fit = context.share(request(judgments, all));
            var profiles = profiler().open(profiler().fit(fit, context), context);
            var estimate = profiles.prefer(ask(judgments.candidates(), SEATS), context);
            var without = estimate(compared.build(), TestJudgments.training(20, 0), SEATS, 2);
            if (PreferenceChecks.probability(estimate, 0, 0, 0, 1)
                    == PreferenceChecks.probability(without, 0, 0, 0, 1)) {
                assertThat(context.issues())
                        .as("17 labels change nothing, and nobody is told")
                        .anySatisfy(issue -> assertThat(issue.message()).contains("17"));
            }
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
            var fit = context.share(request(judgments, all));
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

    /// What is opened is closed once, after its last answer, while another that was opened from the same artefact goes
    /// on. An answer afterwards is refused, or as it was.
    @Test
    default void close_oneOfTwo_isQuietAndLeavesTheOther() {
        var judgments = sample(46, 150);
        var artefact = fit(judgments, TestJudgments.training(judgments.count(), 0), 2);
        try (var store = context()) {
            var stored = store.share(artefact);
            var request = store.share(ask(judgments.candidates(), SEATS));
            var profiler = profiler();
            var first = opened(profiler, stored);
            var second = opened(profiler, stored);
            var before = asked(first, request);
            PluginContract.assertClosesQuietly(first);
            PluginContract.assertSame(asked(second, request), before, "the other is open still");
            PluginContract.assertClosesQuietly(second);
            PluginContract.assertRefusedOrSame(() -> asked(second, request), before);
        }
    }

    private ValueProfiles opened(ValueProfiler profiler, Artefact stored) {
        try (var opening = context()) {
            return profiler.open(stored, opening);
        }
    }

    private PreferenceEstimate asked(ValueProfiles profiles, PreferRequest request) {
        try (var context = context()) {
            return PluginContract.taken(profiles.prefer(request, context));
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
        try (var store = context()) {
            var profiles = opened(profiler(), store.share(artefact));
            var request = store.share(ask(judgments.candidates(), SEATS));
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
            var original = request(judgments, all);
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
            var request = request(judgments, all);
            var profiles = profiler.open(profiler.fit(context.share(request), context), context);
            profiles.prefer(context.share(ask(judgments.candidates(), SEATS)), context);
        });
    }

    @Test
    default void fit_cancelled_stops() {
        var judgments = sample(43, 2000);
        var all = TestJudgments.training(judgments.count(), 0);
        try (var context = context().cancel()) {
            var request = context.share(request(judgments, all));
            assertThatExceptionOfType(AlignmentException.class)
                    .as("fit must call checkCancelled now and then")
                    .isThrownBy(() -> profiler().fit(request, context))
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.CANCELLED));
        }
    }

    private Artefact fit(Judgments judgments, Tensor training, int threads) {
        try (var context = context().withThreads(threads)) {
            var request = request(judgments, training);
            return PluginContract.taken(profiler().fit(context.share(request), context));
        }
    }

    private PreferenceEstimate estimate(Judgments judgments, Tensor training, List<String> seats, int threads) {
        try (var context = context().withThreads(threads)) {
            var request = request(judgments, training);
            var profiles = profiler().open(profiler().fit(context.share(request), context), context);
            return PluginContract.taken(profiles.prefer(context.share(ask(judgments.candidates(), seats)), context));
        }
    }

    private FitRequest request(Judgments judgments, Tensor weights) {
        return request(judgments, weights, SEATING);
    }

    private FitRequest request(Judgments judgments, Tensor weights, Seating seating) {
        return new FitRequest(new JudgedData(judgments, features(judgments.candidates())), weights, seating);
    }

    private PreferRequest ask(Candidates candidates, List<String> seats) {
        return PreferRequest.ofSeats(candidates, seats).withFeatures(features(candidates));
    }

    private PreferRequest ask(Candidates candidates, Viewpoint... viewpoints) {
        return new PreferRequest(candidates, List.of(viewpoints), features(candidates), Form.PAIRS);
    }

    private void refused(Judgments judgments, StandardErrorCode code, String named, Viewpoint... viewpoints) {
        var all = TestJudgments.training(judgments.count(), 0);
        assertThatExceptionOfType(AlignmentException.class)
                .as("asked for %s", (Object) viewpoints)
                .isThrownBy(() -> answer(request(judgments, all), ask(judgments.candidates(), viewpoints)))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(code))
                .withMessageContaining(named);
    }

    private PreferenceEstimate answer(FitRequest fit, PreferRequest asked) {
        try (var context = context().withThreads(2)) {
            var profiles = profiler().open(profiler().fit(context.share(fit), context), context);
            return PluginContract.taken(profiles.prefer(context.share(asked), context));
        }
    }

    private static Judgments sample(long seed, int count) {
        return TestJudgments.random(seed, TestJudgments.candidates(4, 2, 3, 3, 4, 2), 12, count, "nurse", "patient");
    }
}
