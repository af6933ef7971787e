package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Determinism;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.AdaptRequest;
import org.polyphony.spi.profile.AdaptiveProfiles;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;
import org.polyphony.spi.profile.NextRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Questions;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.contract.WellFormed;

/// What every profiler must do whose profiles learn a person after the fit, beside what every profiler must.
public interface AdaptiveProfilesContract extends ValueProfilerContract {

    /// Items of three candidates, and one of two.
    Candidates CANDIDATES = TestJudgments.candidates(3, 3, 2, 3);

    /// Somebody who was not in the fit.
    String PERSON = "newcomer";

    /// As whom they are taken before they judge.
    Whose NURSE = new Whose.Seats(Map.of("nurse", 1.0));

    @Test
    default void adapt_noAnswers_isWhoTheyWereTakenFor() {
        try (var context = context()) {
            var profiles = fitted(context);
            var known = profiles.adapt(learn(NURSE, said()), context);
            var asked = ask(Viewpoint.of("me", self(known)), Viewpoint.ofSeat("nurse"));
            var estimate = profiles.prefer(asked, context);
            PreferenceChecks.assertWellFormed(asked, estimate);
            assertThat(estimate.blends().getFirst().judgments())
                    .as("judgments by a person who said nothing")
                    .isZero();
            for (int item = 0; item < CANDIDATES.items().size(); item++) {
                assertThat(Math.abs(PreferenceChecks.probability(estimate, item, 0, 0, 1)
                                - PreferenceChecks.probability(estimate, item, 1, 0, 1)))
                        .as("item %s: a nurse of whom nothing else is known", item)
                        .isLessThan(1e-9);
            }
        }
    }

    @Test
    default void adapt_answers_moveTheAnswerTheirWay() {
        try (var context = context()) {
            var profiles = fitted(context);
            var estimate = profiles.prefer(
                    ask(
                            Viewpoint.of("for", self(profiles.adapt(learn(NURSE, said(2, 0, 2, 0, 2, 0)), context))),
                            Viewpoint.ofSeat("nurse"),
                            Viewpoint.of(
                                    "against", self(profiles.adapt(learn(NURSE, said(0, 2, 0, 2, 0, 2)), context)))),
                    context);
            double prior = PreferenceChecks.probability(estimate, 0, 1, 2, 0);
            assertThat(PreferenceChecks.probability(estimate, 0, 0, 2, 0))
                    .as("P of what they said three times, nurses' being %s", prior)
                    .isGreaterThan(prior);
            assertThat(PreferenceChecks.probability(estimate, 0, 2, 2, 0))
                    .as("P of what they denied three times, nurses' being %s", prior)
                    .isLessThan(prior);
            assertThat(estimate.blends().getFirst().judgments()).isEqualTo(3);
            assertThat(estimate.blends().getFirst().people()).isEqualTo(1);
            assertThat(estimate.pairs().getLast().counts().at(0, 0, 2, 0))
                    .as("their own comparisons of what they compared three times")
                    .isEqualTo(3);
        }
    }

    /// What is learned in two parts is learned of one person: support adds up, and it moves on.
    @Test
    default void adapt_again_goesOnFromWhatWasLearned() {
        try (var context = context()) {
            var profiles = fitted(context);
            var once = profiles.adapt(learn(NURSE, said(2, 0)), context);
            var twice = profiles.adapt(learn(self(once), said(2, 0, 2, 1)), context);
            var estimate =
                    profiles.prefer(ask(Viewpoint.of("once", self(once)), Viewpoint.of("twice", self(twice))), context);
            assertThat(PreferenceChecks.probability(estimate, 0, 1, 2, 0))
                    .isGreaterThan(PreferenceChecks.probability(estimate, 0, 0, 2, 0));
            assertThat(estimate.blends().getLast().judgments()).isEqualTo(3);
            assertThat(estimate.pairs().getLast().counts().at(0, 1, 2, 0)).isEqualTo(2);
        }
    }

    @Test
    default void adapt_judgmentsInAnotherOrder_isTheSamePerson() {
        try (var context = context()) {
            var profiles = fitted(context);
            var said = said(2, 0, 0, 1, 2, 1);
            var turned = TestJudgments.reordered(said, 2, 0, 1);
            var estimates = List.of(said, turned).stream()
                    .map(of -> profiles.prefer(
                            ask(Viewpoint.of("me", self(profiles.adapt(learn(NURSE, of), context)))), context))
                    .toList();
            PreferenceChecks.assertClose(estimates.getLast(), estimates.getFirst(), 1e-9);
        }
    }

    /// Whoever else is asked, is answered as before: by what is open, and by what would be opened.
    @Test
    default void adapt_onePerson_leavesAllOthersAndTheFitAlone() {
        try (var context = context()) {
            var artefact = profiler().fit(context.share(fit()), context);
            var before = PluginContract.taken(artefact);
            var profiles = opened(artefact, context);
            var seats = ask(Viewpoint.ofSeat("nurse"), Viewpoint.ofSeat("patient"));
            var expected = PluginContract.taken(profiles.prefer(seats, context));
            var other = profiles.adapt(new AdaptRequest("other", NURSE, judged("other", said(1, 0))), context);
            var asOther = ask(Viewpoint.of("other", new Whose.Person("other", Optional.of(other))));
            var ofOther = PluginContract.taken(profiles.prefer(asOther, context));
            var request = learn(NURSE, said(2, 0, 2, 1, 0, 1));
            var known = profiles.adapt(request, context);
            profiles.next(NextRequest.of(self(known), CANDIDATES, 3).withFeatures(features(CANDIDATES)), context);
            PluginContract.assertSame(profiles.prefer(seats, context), expected, "seats after a person was learned");
            PluginContract.assertSame(profiles.prefer(asOther, context), ofOther, "another person, learned before");
            PluginContract.assertSame(artefact, before, "the fitted artefact");
            PluginContract.assertSame(request, learn(NURSE, said(2, 0, 2, 1, 0, 1)), "inputs are read-only");
        }
    }

    @Test
    default void adapt_sameCall_givesTheSameBytes() {
        assumePromised(Determinism.EXACT);
        var said = said(2, 0, 0, 1, 2, 1);
        var answers = new ArrayList<Artefact>();
        for (int threads : new int[] {1, 5}) {
            try (var context = context().withThreads(threads)) {
                var profiles = fitted(context);
                for (int call = 0; call < 2; call++) {
                    answers.add(PluginContract.taken(profiles.adapt(learn(NURSE, said), context)));
                }
                answers.addAll(PluginContract.atOnce(() -> {
                    try (var own = context()) {
                        return PluginContract.taken(profiles.adapt(learn(NURSE, said), own));
                    }
                }));
            }
        }
        answers.forEach(answer -> PluginContract.assertSame(answer, answers.getFirst(), "adapt"));
    }

    /// What was learned is data: it can be stored, and opened profiles of another process read it.
    @Test
    default void adapt_artefact_isFiniteDataThatOutlivesItsCall() {
        var said = said(2, 0, 0, 1);
        Artefact stored;
        PreferenceEstimate expected;
        try (var context = context()) {
            var profiles = fitted(context);
            var known = profiles.adapt(learn(NURSE, said), context);
            stored = PluginContract.taken(known);
            expected = PluginContract.taken(profiles.prefer(ask(Viewpoint.of("me", self(known))), context));
        }
        assertThat(stored.type()).matches("[a-z0-9]+([.-][a-z0-9]+)+");
        SpiValues.tensors(stored).forEach((path, tensor) -> {
            if (tensor.type() == ElementType.FLOAT64) {
                TensorAssert.assertThat(tensor).as(path).isFinite();
            }
        });
        try (var context = context()) {
            PluginContract.assertSame(
                    fitted(context).prefer(ask(Viewpoint.of("me", self(context.share(stored)))), context),
                    expected,
                    "a person opened from a store");
        }
    }

    @Test
    default void adapt_somebodyElses_isRefused() {
        try (var context = context()) {
            var profiles = fitted(context);
            var known = profiles.adapt(learn(NURSE, said(2, 0)), context);
            refused(
                    StandardErrorCode.VALUE_INVALID,
                    "stranger",
                    () -> profiles.adapt(new AdaptRequest(PERSON, NURSE, judged("stranger", said(2, 0))), context));
            refused(
                    StandardErrorCode.VALUE_INVALID,
                    "nobody",
                    () -> profiles.adapt(learn(new Whose.Seats(Map.of("nobody", 1.0)), said(2, 0)), context));
            refused(
                    StandardErrorCode.VALUE_INVALID,
                    "stranger",
                    () -> profiles.prefer(
                            ask(Viewpoint.of("v", new Whose.Person("stranger", Optional.of(known)))), context));
            var other = Artefact.of("somebody.else", known.version(), known.texts(), known.tensors());
            var newer = Artefact.of(known.type(), known.version() + 1000, known.texts(), known.tensors());
            for (var unreadable : List.of(other, newer)) {
                refused(
                        StandardErrorCode.ARTEFACT_UNREADABLE,
                        unreadable.type(),
                        () -> profiles.prefer(ask(Viewpoint.of("v", self(unreadable))), context));
            }
        }
    }

    @Test
    default void next_somebodyUnknown_isGivenQuestionsTheBestFirst() {
        try (var context = context()) {
            var profiles = fitted(context);
            var matters = new double[CANDIDATES.ids().size()];
            matters[0] = .7;
            matters[2] = .3;
            var any = asking(NURSE, 1000);
            for (var request : List.of(
                    any,
                    asking(new Whose.Claiming(Map.of()), 4),
                    any.withMatters(Tensor.ofDoubles(matters, matters.length)),
                    any.withAskable(only(0, 1, 2, 7, 8)))) {
                var questions = profiles.next(request, context);
                assertThat(WellFormed.questions(request, questions))
                        .as("what is wrong with the questions")
                        .isEmpty();
                assertThat(questions.count()).isPositive();
                assertThat(questions.worth().getDouble(0))
                        .as("worth of the best")
                        .isPositive();
            }
            assertThat(profiles.next(any, context).count())
                    .as("pairs of %s", CANDIDATES.items().size())
                    .isEqualTo(IntStream.range(0, CANDIDATES.items().size())
                            .map(item -> CANDIDATES.count(item) * (CANDIDATES.count(item) - 1) / 2)
                            .sum());
        }
    }

    /// Ask one, adapt, ask again: every pair once, then none.
    @Test
    default void next_untilNothingIsLeft_asksNoPairTwice() {
        try (var context = context()) {
            var profiles = fitted(context);
            var asked = new HashSet<List<Integer>>();
            Whose whose = NURSE;
            for (int round = 0; round < 3; round++) {
                var request = asking(whose, 2).withAskable(only(0, 1, 2));
                var questions = profiles.next(request, context);
                assertThat(WellFormed.questions(request, questions)).isEmpty();
                assertThat(questions.count()).as("questions in round %s", round).isEqualTo(Math.min(2, 3 - round));
                int i = questions.pairs().getInt(0);
                int k = questions.pairs().getInt(1);
                assertThat(asked.add(List.of(Math.min(i, k), Math.max(i, k))))
                        .as("candidates %s and %s were asked before", i, k)
                        .isTrue();
                whose = self(profiles.adapt(learn(whose, said(k, i)), context));
            }
            assertThat(profiles.next(asking(whose, 2).withAskable(only(0, 1, 2)), context)
                            .count())
                    .isZero();
        }
    }

    @Test
    default void next_sameCall_givesTheSameBytes() {
        assumePromised(Determinism.EXACT);
        var answers = new ArrayList<Questions>();
        for (int threads : new int[] {1, 5}) {
            try (var context = context().withThreads(threads)) {
                answers.add(PluginContract.taken(fitted(context).next(asking(NURSE, 5), context)));
            }
        }
        PluginContract.assertSame(answers.getLast(), answers.getFirst(), "next");
    }

    @Test
    default void next_cancelled_stops() {
        try (var store = context()) {
            var profiles = fitted(store);
            try (var context = context().cancel()) {
                refused(StandardErrorCode.CANCELLED, "", () -> profiles.next(asking(NURSE, 5), context));
            }
        }
    }

    private AdaptiveProfiles fitted(TestContext context) {
        return opened(profiler().fit(context.share(fit()), context), context);
    }

    private AdaptiveProfiles opened(Artefact artefact, PluginContext context) {
        var profiles = profiler().open(artefact, context);
        assertThat(profiles).isInstanceOf(AdaptiveProfiles.class);
        return (AdaptiveProfiles) profiles;
    }

    private FitRequest fit() {
        var judgments = TestJudgments.random(61, CANDIDATES, 12, 240, "nurse", "patient");
        return new FitRequest(
                new JudgedData(judgments, features(CANDIDATES)), TestJudgments.training(judgments.count(), 0), SEATING);
    }

    private AdaptRequest learn(Whose before, Judgments said) {
        return new AdaptRequest(PERSON, before, judged(PERSON, said));
    }

    private JudgedData judged(String person, Judgments said) {
        var judges = new Judges(List.of(person), said.judges().attributes());
        return new JudgedData(
                new Judgments(said.candidates(), judges, said.criteria(), said.columns(), said.entries()),
                features(said.candidates()));
    }

    /// What somebody says about the first item: the first of two candidates is preferred to the second.
    private static Judgments said(int... preferred) {
        var built = TestJudgments.about(CANDIDATES, 1, "group", "nurse", "patient");
        for (int at = 0; at < preferred.length; at += 2) {
            built.pair(0, 0, -1, preferred[at], preferred[at + 1]);
        }
        return built.build();
    }

    private static Whose self(Artefact known) {
        return new Whose.Person(PERSON, Optional.of(known));
    }

    private PreferRequest ask(Viewpoint... viewpoints) {
        return new PreferRequest(CANDIDATES, List.of(viewpoints), features(CANDIDATES), PreferRequest.Form.PAIRS);
    }

    private NextRequest asking(Whose whose, int most) {
        return NextRequest.of(whose, CANDIDATES, most).withFeatures(features(CANDIDATES));
    }

    private static Tensor only(int... candidates) {
        var flags = new byte[CANDIDATES.ids().size()];
        for (int candidate : candidates) {
            flags[candidate] = 1;
        }
        return Tensor.ofBytes(flags, flags.length);
    }

    private static void refused(StandardErrorCode code, String named, Runnable call) {
        assertThatExceptionOfType(AlignmentException.class)
                .isThrownBy(call::run)
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(code))
                .withMessageContaining(named);
    }
}
