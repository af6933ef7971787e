package org.polyphony.plugin.profile.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.polyphony.plugin.profile.linear.FeatureBlock.Scale;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.preferences.model.Strengths;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Entries;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.AdaptRequest;
import org.polyphony.spi.profile.AdaptiveProfiles;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferRequest.Form;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.ValueProfiles;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.AdaptiveProfilesContract;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.spi.testkit.TestJudgments;
import org.polyphony.spi.testkit.ValueProfilerContract;

class LinearProfilerTest implements AdaptiveProfilesContract {
    private static final int COLUMNS = 6;
    private static final Seating PERSONS = new Seating(Seating.Level.PERSON, ValueProfilerContract.SEATING.seats(), 0);

    @Override
    public ValueProfiler profiler() {
        return new LinearProfiler();
    }

    /// Of a candidate's id alone: drawn.
    @Override
    public Optional<Tensor> features(Candidates candidates) {
        double[] all = new double[candidates.ids().size() * COLUMNS];
        for (int i = 0; i < candidates.ids().size(); i++) {
            var random = KeyedRandom.of(7, "features", candidates.ids().get(i).hashCode());
            for (int c = 0; c < COLUMNS; c++) {
                all[i * COLUMNS + c] = random.nextGaussian();
            }
        }
        return Optional.of(Tensor.ofDoubles(all, candidates.ids().size(), COLUMNS));
    }

    @Test
    void prefer_itemsNobodyJudged_followTheFeaturesThatWerePreferred() {
        // the first column decides, in 40 items; 20 others have nobody's judgment
        Candidates all = candidates(60, 3);
        var built = TestJudgments.about(all, 30, "group", "nurse", "patient");
        double[] features = features(all).orElseThrow().toDoubles();
        for (int n = 0; n < 1200; n++) {
            int item = n % 40;
            var random = KeyedRandom.of(3, "judgments", n);
            int i = random.nextInt(3);
            int k = (i + 1 + random.nextInt(2)) % 3;
            double apart = 1.5 * (features[(item * 3 + i) * COLUMNS] - features[(item * 3 + k) * COLUMNS]);
            boolean first = random.nextDouble() < 1 / (1 + Math.exp(-apart));
            built.pair(item, n % 30, n % 2, first ? i : k, first ? k : i);
        }
        Judgments judgments = unordered(built.build());
        try (var context = context()) {
            PreferenceEstimate estimate =
                    prefer(fit(judgments, ValueProfilerContract.SEATING, context), judgments, context, seats());
            double loss = 0;
            double least = 0;
            for (int item = 40; item < 60; item++) {
                double apart = 1.5 * (features[item * 3 * COLUMNS] - features[(item * 3 + 1) * COLUMNS]);
                double truth = 1 / (1 + Math.exp(-apart));
                double said = estimate.pairs().getFirst().p().at(item, 0, 0, 1);
                loss -= truth * Math.log(said) + (1 - truth) * Math.log(1 - said);
                least -= truth * Math.log(truth) + (1 - truth) * Math.log(1 - truth);
            }
            assertThat((loss - least) / 20).as("nats lost, of ln 2 = .693").isBetween(0.0, .02);
            assertThat(estimate.pairs().getFirst().deviation().at(50, 0, 0, 1))
                    .as("less is known where nobody judged")
                    .isGreaterThan(0);
            assertThat(estimate.pairs().getFirst().counts().at(50, 0, 0, 1)).isZero();
        }
    }

    @Test
    void prefer_seatsThatDiffer_areToldApartOnItemsNobodyJudged() {
        Judgments judgments = differing(40, 24);
        try (var context = context()) {
            PreferenceEstimate estimate =
                    prefer(fit(judgments, ValueProfilerContract.SEATING, context), judgments, context, seats());
            double[] features = features(judgments.candidates()).orElseThrow().toDoubles();
            for (int item = 30; item < 40; item++) {
                double apart = features[item * 2 * COLUMNS] - features[(item * 2 + 1) * COLUMNS];
                double nurse = estimate.pairs().getFirst().p().at(item, 0, 0, 1);
                double patient = estimate.pairs().getFirst().p().at(item, 1, 0, 1);
                if (Math.abs(apart) > 1) {
                    assertThat(Math.signum(nurse - patient)).isEqualTo(Math.signum(apart));
                }
            }
        }
    }

    @Test
    void prefer_persons_knowTheirOwnAndSayNoIntervalWhereTheyAreFew() {
        Judgments judgments = differing(40, 24);
        try (var context = context()) {
            Artefact artefact = fit(judgments, PERSONS, context);
            assertThat(context.issues()).extracting(Issue::code).contains("PERSONS_FEW");
            var one = Viewpoint.of("one", new Whose.Person("judge0000", Optional.empty()));
            var asked = prefer(artefact, judgments, context, List.of(one, Viewpoint.ofSeat("nurse")));
            assertThat(asked.blends().getFirst().people()).isEqualTo(1);
            assertThat(asked.blends().getFirst().tooFew())
                    .hasValueSatisfying(why -> assertThat(why).contains("24 people", "too few"));
            assertThat(asked.blends().getLast().tooFew()).isEmpty();
            assertThat(asked.blends().getFirst().seats()).isEqualTo(Map.of("nurse", 1.0));
            assertThat(asked.pairs().getFirst().deviation().at(0, 0, 0, 1)).isNaN();
            assertThat(asked.pairs().getFirst().deviation().at(0, 1, 0, 1)).isPositive();
            assertThat(asked.pairs()
                            .getFirst()
                            .counts()
                            .reshape(40 * 2, 4)
                            .slice(0, 1)
                            .toDoubles()[1])
                    .isLessThanOrEqualTo(asked.pairs().getFirst().counts().at(0, 1, 0, 1));
        }
    }

    @Test
    void prefer_manyPersons_tellIntervals() {
        Judgments judgments = differing(40, 120);
        try (var context = context()) {
            Artefact artefact = fit(judgments, PERSONS, context);
            var one = Viewpoint.of("one", new Whose.Person("judge0000", Optional.empty()));
            var asked = prefer(artefact, judgments, context, List.of(one));
            assertThat(asked.pairs().getFirst().deviation().at(35, 0, 0, 1)).isPositive();
            assertThat(asked.blends().getFirst().tooFew()).isEmpty();
        }
    }

    @Test
    void adapt_personOfAFitOfFew_isToldAsSuchWithoutAnInterval() {
        var newcomer = new AdaptRequest(
                "new", AdaptiveProfilesContract.NURSE, new JudgedData(own("new"), features(candidates(40, 2))));
        try (var context = context()) {
            for (int people : new int[] {99, 100}) {
                // 30 answers each
                Judgments judgments = differing(40, people);
                var profiles = (AdaptiveProfiles)
                        profiler().open(fit(judgments, ValueProfilerContract.SEATING, context), context);
                Artefact known = profiles.adapt(newcomer, context);
                var asked = profiles.prefer(
                        new PreferRequest(
                                judgments.candidates(),
                                List.of(Viewpoint.of("v", new Whose.Person("new", Optional.of(known)))),
                                features(judgments.candidates()),
                                Form.PAIRS),
                        context);
                double deviation = asked.pairs().getFirst().deviation().at(35, 0, 0, 1);
                assertThat(asked.blends().getFirst().tooFew().isPresent()).isEqualTo(people < 100);
                assertThat(Double.isNaN(deviation)).isEqualTo(people < 100);
            }
        }
    }

    @Test
    void adapt_labelsOfWhatHasNoEmptyCandidate_areCounted() {
        Judgments judgments = differing(20, 10);
        Judgments said = TestJudgments.about(judgments.candidates(), 1, "group", "nurse", "patient")
                .pair(0, 0, -1, 1, 0)
                .label(1, 0, -1, 0, 1)
                .label(2, 0, -1, 0, 1)
                .build();
        try (var context = context()) {
            var profiles =
                    (AdaptiveProfiles) profiler().open(fit(judgments, ValueProfilerContract.SEATING, context), context);
            profiles.adapt(
                    new AdaptRequest(
                            "judge0000",
                            AdaptiveProfilesContract.NURSE,
                            new JudgedData(said, features(judgments.candidates()))),
                    context);
            assertThat(context.issues())
                    .anySatisfy(issue -> assertThat(issue.message()).contains("2 of 3 judgments of judge0000"));
        }
    }

    @Test
    void adapt_onTopOfAnotherFit_isRefused() {
        var newcomer = new AdaptRequest(
                "new", AdaptiveProfilesContract.NURSE, new JudgedData(own("new"), features(candidates(40, 2))));
        try (var context = context()) {
            Judgments judgments = differing(20, 10);
            var one =
                    (AdaptiveProfiles) profiler().open(fit(judgments, ValueProfilerContract.SEATING, context), context);
            Artefact other = fit(differing(20, 11), ValueProfilerContract.SEATING, context);
            var asked = new PreferRequest(
                    judgments.candidates(),
                    List.of(Viewpoint.of("v", new Whose.Person("new", Optional.of(one.adapt(newcomer, context))))),
                    features(judgments.candidates()),
                    Form.PAIRS);
            assertThatThrownBy(() -> profiler().open(other, context).prefer(asked, context))
                    .isInstanceOf(AlignmentException.class)
                    .hasMessageContaining("another fit");
        }
    }

    /// Who agrees with patients, and said so of items that nobody else judged, is answered as a patient about others.
    @Test
    void adapt_answersAboutNewItems_showWhoSomebodyIs() {
        try (var context = context()) {
            Judgments judgments = differing(40, 40);
            var profiles =
                    (AdaptiveProfiles) profiler().open(fit(judgments, ValueProfilerContract.SEATING, context), context);
            Candidates others = candidates(60, 2);
            double[] of = features(others).orElseThrow().toDoubles();
            var built = TestJudgments.about(others, 1, "group", "nurse", "patient");
            for (int item = 40; item < 60; item++) {
                boolean first = of[item * 2 * COLUMNS] < of[(item * 2 + 1) * COLUMNS];
                built.pair(item, 0, -1, first ? 0 : 1, first ? 1 : 0);
            }
            Artefact known = profiles.adapt(
                    new AdaptRequest(
                            "judge0000",
                            new Whose.Claiming(Map.of()),
                            new JudgedData(unordered(built.build()), features(others))),
                    context);
            var asked = profiles.prefer(
                    new PreferRequest(
                            others,
                            List.of(
                                    Viewpoint.of("v", new Whose.Person("judge0000", Optional.of(known))),
                                    Viewpoint.ofSeat("nurse")),
                            features(others),
                            Form.PAIRS),
                    context);
            for (int item = 30; item < 40; item++) {
                double apart = of[item * 2 * COLUMNS] - of[(item * 2 + 1) * COLUMNS];
                double person = asked.pairs().getFirst().p().at(item, 0, 0, 1);
                double nurse = asked.pairs().getFirst().p().at(item, 1, 0, 1);
                if (Math.abs(apart) > 1) {
                    assertThat(Math.signum(person - nurse)).isEqualTo(-Math.signum(apart));
                }
            }
            assertThat(asked.blends().getFirst().seats()).isEmpty();
        }
    }

    @Test
    void adapt_somebodyOfTheFit_goesOnFromTheirProfile() {
        Judgments judgments = differing(40, 24);
        try (var context = context()) {
            var profiles = (AdaptiveProfiles) profiler().open(fit(judgments, PERSONS, context), context);
            var before = new Whose.Person("judge0000", Optional.empty());
            Artefact known = profiles.adapt(
                    new AdaptRequest(
                            "judge0000", before, new JudgedData(own("judge0000"), features(candidates(40, 2)))),
                    context);
            var viewpoints = List.of(
                    Viewpoint.of("before", before),
                    Viewpoint.of("after", new Whose.Person("judge0000", Optional.of(known))));
            var asked = prefer(profiles, judgments, context, viewpoints);
            assertThat(asked.blends().getLast().judgments())
                    .isEqualTo(asked.blends().getFirst().judgments() + 1);
            assertThat(asked.pairs().getFirst().counts().at(0, 1, 0, 1))
                    .as("item 0 was compared again")
                    .isEqualTo(asked.pairs().getFirst().counts().at(0, 0, 0, 1) + 1);
        }
    }

    /// Nurses say yes where the first column is above 0, patients where it is above 1; nobody said anything of the last
    /// ten posts. A label, an approval and a pair with nothing are one thing.
    @Test
    void fit_labels_arePairsWithTheEmptyCandidate() {
        Candidates posts = posts(60);
        double[] of = features(posts).orElseThrow().toDoubles();
        var labels = TestJudgments.about(posts, 40, "group", "nurse", "patient");
        var approvals = TestJudgments.about(posts, 40, "group", "nurse", "patient");
        var pairs = TestJudgments.about(posts, 40, "group", "nurse", "patient");
        for (int n = 0; n < 1600; n++) {
            int post = n / 40 * 7 % 50;
            double above = 3 * (of[post * 2 * COLUMNS] - n % 2);
            boolean yes = KeyedRandom.of(11, "labels", n).nextDouble() < 1 / (1 + Math.exp(-above));
            labels.label(post, n % 40, n % 2, 0, yes ? 1 : 0);
            approvals.approval(post, n % 40, n % 2, yes ? 1 : 0);
            pairs.pair(post, n % 40, n % 2, yes ? 0 : 1, yes ? 1 : 0);
        }
        try (var context = context()) {
            PreferenceEstimate estimate = asked(labels.build(), context);
            assertThat(context.issues()).extracting(Issue::code).doesNotContain("JUDGMENT_LABELS");
            for (var same : List.of(approvals, pairs)) {
                double[] p = asked(unordered(same.build()), context)
                        .pairs()
                        .getFirst()
                        .p()
                        .toDoubles();
                assertThat(estimate.pairs().getFirst().p().toDoubles()).containsExactly(p, within(1e-12));
            }
            double apart = 0;
            for (int post = 50; post < 60; post++) {
                double nurse = estimate.pairs().getFirst().p().at(post, 0, 0, 1);
                double patient = estimate.pairs().getFirst().p().at(post, 1, 0, 1);
                apart += (Logistic.logit(nurse) - Logistic.logit(patient)) / 10;
                if (Math.abs(of[post * 2 * COLUMNS]) > .7) {
                    assertThat(nurse > .5).isEqualTo(of[post * 2 * COLUMNS] > 0);
                }
            }
            assertThat(apart).as("thresholds are 3 logits apart, shrunk").isBetween(1.0, 3.5);
        }
    }

    private PreferenceEstimate asked(Judgments judgments, TestContext context) {
        return prefer(fit(judgments, ValueProfilerContract.SEATING, context), judgments, context, seats());
    }

    /// Items of a text and of nothing.
    private static Candidates posts(int count) {
        Candidates all = candidates(count, 2);
        var texts = IntStream.range(0, 2 * count)
                .mapToObj(i -> i % 2 == 0 ? "post " + i : "")
                .toList();
        return Candidates.of(
                all.items(), all.prompts(), all.ids(), texts, all.offsets().toInts());
    }

    /// One answer about the first of 40 items.
    private Judgments own(String id) {
        Judgments said = TestJudgments.about(candidates(40, 2), 1, "group", "nurse", "patient")
                .pair(0, 0, -1, 1, 0)
                .build();
        return unordered(new Judgments(
                said.candidates(),
                new Judges(List.of(id), said.judges().attributes()),
                said.criteria(),
                said.columns(),
                said.entries()));
    }

    @Test
    void prefer_scores_deviateAsTheirPairsSay() {
        Judgments judgments = TestJudgments.random(3, candidates(4, 5), 12, 300, "nurse", "patient");
        try (var context = context()) {
            var profiles = profiler().open(fit(judgments, ValueProfilerContract.SEATING, context), context);
            var asked =
                    new PreferRequest(judgments.candidates(), seats(), features(judgments.candidates()), Form.PAIRS);
            var pairs = profiles.prefer(asked, context).pairs().getFirst().deviation();
            var scores = profiles.prefer(asked.as(Form.SCORES), context)
                    .scores()
                    .getFirst()
                    .deviation();
            double[] expected = Strengths.centredDeviations(
                    pairs.reshape(8, 5, 5).slice(3, 1).toDoubles(), 5);
            assertThat(scores.reshape(8, 5).slice(3, 1).toDoubles()).containsExactly(expected, within(1e-9));
        }
    }

    @Test
    void fit_withoutFeatures_isRefusedNamingEncoders() {
        Judgments judgments = differing(10, 10);
        try (var context = context()) {
            var request = FitRequest.of(
                    judgments, TestJudgments.training(judgments.count(), 0), ValueProfilerContract.SEATING);
            assertThatThrownBy(() -> profiler().fit(request, context)).hasMessageContaining("encoders");
        }
    }

    @Test
    void fit_blocksThatDoNotFit_areRefusedNamingBoth() {
        Judgments judgments = differing(10, 10);
        var settings = new LinearSettings(
                List.of(new FeatureBlock(2, Scale.COLUMN, 2), new FeatureBlock(3, Scale.BLOCK, 2)), 6, 5);
        try (var context = TestContext.of(settings)) {
            assertThatThrownBy(() -> fit(judgments, ValueProfilerContract.SEATING, context))
                    .isInstanceOf(AlignmentException.class)
                    .hasMessageContaining("[2, 3]")
                    .hasMessageContaining("6");
        }
    }

    @Test
    void prefer_otherFeatures_areRefused() {
        Judgments judgments = differing(10, 10);
        try (var context = context()) {
            var profiles = profiler().open(fit(judgments, ValueProfilerContract.SEATING, context), context);
            var bare = new PreferRequest(judgments.candidates(), seats(), Optional.empty(), Form.PAIRS);
            assertThatThrownBy(() -> profiles.prefer(bare, context)).hasMessageContaining("features");
            var narrow = bare.withFeatures(Optional.of(Tensor.ofDoubles(new double[20 * 2], 20, 2)));
            assertThatThrownBy(() -> profiles.prefer(narrow, context)).hasMessageContaining("[20, 6]");
        }
    }

    @Test
    void fit_orderThatIsKnown_isNotTakenForPreference() {
        // who is shown first is preferred two times in three, whatever it says, and 0 is shown first four times in five
        var built = TestJudgments.about(candidates(10, 2), 30, "group", "nurse", "patient");
        int n = 1500;
        double[] values = new double[2 * n];
        for (int at = 0; at < n; at++) {
            int first = at / 10 % 5 == 0 ? 1 : 0;
            built.pair(at % 10, at % 30, at % 2, first, 1 - first);
            values[2 * at + (at / 50 % 3 == 0 ? 1 : 0)] = 1;
        }
        assertThat(zeroOverOne(judged(built.build(), values, true))).isCloseTo(.5, within(.03));
        assertThat(zeroOverOne(judged(built.build(), values, false)))
                .as("4/5 · 2/3 + 1/5 · 1/3")
                .isCloseTo(.6, within(.03));
    }

    private double zeroOverOne(Judgments judgments) {
        try (var context = context()) {
            var bucket = prefer(fit(judgments, ValueProfilerContract.SEATING, context), judgments, context, seats())
                    .pairs()
                    .getFirst();
            double mean = 0;
            for (int item = 0; item < 10; item++) {
                mean += bucket.p().at(item, 0, 0, 1) / 10;
            }
            return mean;
        }
    }

    /// The same judgments with other values, and the order shown known or not. Test judgments list the preferred first.
    private static Judgments judged(Judgments judgments, double[] values, boolean ordered) {
        var entries = new Entries(
                judgments.entries().offsets(),
                judgments.entries().candidate(),
                Tensor.ofDoubles(values, values.length),
                ordered);
        return new Judgments(
                judgments.candidates(), judgments.judges(), judgments.criteria(), judgments.columns(), entries);
    }

    private static Judgments unordered(Judgments judgments) {
        return judged(judgments, judgments.entries().value().toDoubles(), false);
    }

    /// Nurses want much of the first column, patients little; the last ten items are nobody's.
    private Judgments differing(int items, int people) {
        Candidates all = candidates(items, 2);
        double[] features = features(all).orElseThrow().toDoubles();
        var built = TestJudgments.about(all, people, "group", "nurse", "patient");
        int judged = Math.max(1, items - 10);
        for (int n = 0; n < people * 30; n++) {
            int item = n / people * 7 % judged;
            int seat = n % people % 2;
            double apart = (seat == 0 ? 2 : -2) * (features[item * 2 * COLUMNS] - features[(item * 2 + 1) * COLUMNS]);
            boolean first = KeyedRandom.of(5, "judgments", n).nextDouble() < 1 / (1 + Math.exp(-apart));
            built.pair(item, n % people, seat, first ? 0 : 1, first ? 1 : 0);
        }
        return unordered(built.build());
    }

    private Artefact fit(Judgments judgments, Seating seating, TestContext context) {
        return profiler()
                .fit(
                        new FitRequest(
                                new JudgedData(judgments, features(judgments.candidates())),
                                TestJudgments.training(judgments.count(), 0),
                                seating),
                        context);
    }

    private PreferenceEstimate prefer(
            Artefact artefact, Judgments judgments, TestContext context, List<Viewpoint> viewpoints) {
        return prefer(profiler().open(artefact, context), judgments, context, viewpoints);
    }

    private PreferenceEstimate prefer(
            ValueProfiles profiles, Judgments judgments, TestContext context, List<Viewpoint> viewpoints) {
        return profiles.prefer(
                new PreferRequest(judgments.candidates(), viewpoints, features(judgments.candidates()), Form.PAIRS),
                context);
    }

    private static List<Viewpoint> seats() {
        return ValueProfilerContract.SEATS.stream().map(Viewpoint::ofSeat).toList();
    }

    private static Candidates candidates(int items, int each) {
        int[] counts = new int[items];
        Arrays.fill(counts, each);
        return TestJudgments.candidates(counts);
    }
}
