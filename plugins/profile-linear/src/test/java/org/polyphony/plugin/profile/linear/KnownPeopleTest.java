package org.polyphony.plugin.profile.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.polyphony.plugin.profile.linear.FeatureBlock.Scale;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Entries;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.AdaptRequest;
import org.polyphony.spi.profile.AdaptiveProfiles;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;
import org.polyphony.spi.profile.NextRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferRequest.Form;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.Seat;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.spi.testkit.TestJudgments;

/// New people whose preferences are known, after a fit of 200 others by 30 answers each: 60 pairs, of which 15 are
/// nobody's, with four features along which people differ or do not.
class KnownPeopleTest {
    private static final int ITEMS = 60;
    private static final int JUDGED = 45;
    private static final int COLUMNS = 4;
    private static final int PEOPLE = 200;
    private static final int NEW = 40;
    private static final Candidates CANDIDATES =
            TestJudgments.candidates(IntStream.range(0, ITEMS).map(_ -> 2).toArray());

    private final double[] features = drawn("features", 0, ITEMS * 2 * COLUMNS);
    private final Tensor given = Tensor.ofDoubles(features, ITEMS * 2, COLUMNS);

    @Test
    void adapt_peopleWhoDiffer_areKnownBetterWithEveryAnswerAndAsWellAsIsSaid() {
        try (var context = context()) {
            var profiles = fitted(.6, context);
            double[] gain = new double[2];
            double held = 0;
            for (int person = PEOPLE; person < PEOPLE + NEW; person++) {
                PreferenceBucket bucket =
                        asked(profiles, person, .6, context, new int[0], drawnItems(person, 5), drawnItems(person, 30));
                double before = loss(bucket, 0, person, .6);
                gain[0] += (before - loss(bucket, 1, person, .6)) / NEW;
                gain[1] += (before - loss(bucket, 2, person, .6)) / NEW;
                held += held(bucket, person) / NEW;
            }
            assertThat(gain[0]).as("nats after 5 answers").isGreaterThan(.015);
            assertThat(gain[1]).as("nats after 30 answers").isGreaterThan(gain[0] + .02);
            assertThat(held).as("P within its 90 %% interval after 30 answers").isBetween(.82, .97);
        }
    }

    @Test
    void adapt_peopleWhoDoNotDiffer_loseNothing() {
        try (var context = context()) {
            var profiles = fitted(0, context);
            double gain = 0;
            for (int person = PEOPLE; person < PEOPLE + NEW; person++) {
                PreferenceBucket bucket = asked(profiles, person, 0, context, new int[0], drawnItems(person, 30));
                gain += (loss(bucket, 0, person, 0) - loss(bucket, 1, person, 0)) / NEW;
            }
            assertThat(gain).as("nats after 30 answers").isBetween(-.001, .0005);
        }
    }

    @Test
    void next_peopleWhoDiffer_areKnownBetterThanFromDrawnQuestions() {
        try (var context = context()) {
            var profiles = fitted(.6, context);
            double gain = 0;
            for (int person = PEOPLE; person < PEOPLE + NEW; person++) {
                int[] chosen = new int[0];
                while (chosen.length < 5) {
                    chosen = Arrays.copyOf(chosen, chosen.length + 1);
                    chosen[chosen.length - 1] =
                            next(profiles, person, Arrays.copyOf(chosen, chosen.length - 1), context);
                }
                PreferenceBucket bucket = asked(profiles, person, .6, context, drawnItems(person, 5), chosen);
                gain += (loss(bucket, 0, person, .6) - loss(bucket, 1, person, .6)) / NEW;
            }
            assertThat(gain).as("nats after 5 questions over 5 drawn ones").isGreaterThan(.005);
        }
    }

    private static TestContext context() {
        return TestContext.of(new LinearSettings(List.of(new FeatureBlock(COLUMNS, Scale.BLOCK, COLUMNS)), 4, 5));
    }

    private AdaptiveProfiles fitted(double spread, TestContext context) {
        int n = PEOPLE * 30;
        var ids = IntStream.range(0, PEOPLE).mapToObj(KnownPeopleTest::id).toList();
        var all =
                judgments(ids, spread, n, row -> row / 30, row -> row / 30, row -> drawnItems(row / 30, 30)[row % 30]);
        var seating = Seating.of(List.of(new Seat("everyone", Map.of())));
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        var profiler = new LinearProfiler();
        var fit = new FitRequest(new JudgedData(all, Optional.of(given)), Tensor.ofDoubles(weights, n), seating);
        return (AdaptiveProfiles) profiler.open(profiler.fit(fit, context), context);
    }

    private Whose after(AdaptiveProfiles profiles, int person, double spread, int[] items, TestContext context) {
        var said = judgments(List.of(id(person)), spread, items.length, _ -> 0, _ -> person, row -> items[row]);
        var before = new Whose.Seats(Map.of("everyone", 1.0));
        var known =
                profiles.adapt(new AdaptRequest(id(person), before, new JudgedData(said, Optional.of(given))), context);
        return new Whose.Person(id(person), Optional.of(known));
    }

    private PreferenceBucket asked(
            AdaptiveProfiles profiles, int person, double spread, TestContext context, int[]... answered) {
        var viewpoints = new ArrayList<Viewpoint>();
        for (int[] items : answered) {
            viewpoints.add(Viewpoint.of("v", after(profiles, person, spread, items, context)));
        }
        return profiles.prefer(new PreferRequest(CANDIDATES, viewpoints, Optional.of(given), Form.PAIRS), context)
                .pairs()
                .getFirst();
    }

    private int next(AdaptiveProfiles profiles, int person, int[] answered, TestContext context) {
        byte[] askable = new byte[2 * ITEMS];
        double[] matters = new double[2 * ITEMS];
        Arrays.fill(askable, 0, 2 * JUDGED, (byte) 1);
        Arrays.fill(matters, 2 * JUDGED, 2 * ITEMS, 1);
        var request = NextRequest.of(after(profiles, person, .6, answered, context), CANDIDATES, 1)
                .withFeatures(Optional.of(given))
                .withAskable(Tensor.ofBytes(askable, askable.length))
                .withMatters(Tensor.ofDoubles(matters, matters.length));
        return profiles.next(request, context).pairs().getInt(0) / 2;
    }

    /// Expected loss in nats of what a viewpoint says of pairs that nobody judged.
    private double loss(PreferenceBucket bucket, int viewpoint, int person, double spread) {
        double loss = 0;
        for (int item = JUDGED; item < ITEMS; item++) {
            double p = Logistic.sigmoid(apart(person, spread, item));
            double said = bucket.p().at(item, viewpoint, 0, 1);
            loss -= (p * Math.log(said) + (1 - p) * Math.log(1 - said)) / (ITEMS - JUDGED);
        }
        return loss;
    }

    private double held(PreferenceBucket bucket, int person) {
        double held = 0;
        for (int item = JUDGED; item < ITEMS; item++) {
            double deviation = bucket.deviation().at(item, 2, 0, 1);
            double eta = Logistic.logit(bucket.p().at(item, 2, 0, 1)) / Posterior.shrink(deviation * deviation);
            held += Math.abs(apart(person, .6, item) - eta) <= 1.645 * deviation ? 1.0 / (ITEMS - JUDGED) : 0;
        }
        return held;
    }

    private double apart(int person, double spread, int item) {
        double[] w = drawn("weights", 0, COLUMNS);
        double[] v = drawn("person", person, COLUMNS);
        double apart = 0;
        for (int c = 0; c < COLUMNS; c++) {
            apart += (.5 * w[c] + spread * v[c])
                    * (features[item * 2 * COLUMNS + c] - features[(item * 2 + 1) * COLUMNS + c]);
        }
        return apart;
    }

    private Judgments judgments(
            List<String> ids,
            double spread,
            int n,
            IntUnaryOperator judge,
            IntUnaryOperator person,
            IntUnaryOperator item) {
        var built = TestJudgments.about(CANDIDATES, ids.size(), "group", "any");
        for (int row = 0; row < n; row++) {
            int of = item.applyAsInt(row);
            int who = person.applyAsInt(row);
            boolean first = KeyedRandom.of(who, "answers", of).nextDouble() < Logistic.sigmoid(apart(who, spread, of));
            built.pair(of, judge.applyAsInt(row), 0, first ? 0 : 1, first ? 1 : 0);
        }
        Judgments said = built.build();
        var entries = new Entries(
                said.entries().offsets(),
                said.entries().candidate(),
                said.entries().value(),
                false);
        return new Judgments(
                said.candidates(),
                new Judges(ids, said.judges().attributes()),
                said.criteria(),
                said.columns(),
                entries);
    }

    private static int[] drawnItems(int person, int count) {
        int[] items = IntStream.range(0, JUDGED).toArray();
        var random = KeyedRandom.of(2, "drawn", person);
        for (int at = JUDGED - 1; at > 0; at--) {
            int other = random.nextInt(at + 1);
            int item = items[at];
            items[at] = items[other];
            items[other] = item;
        }
        return Arrays.copyOf(items, count);
    }

    private static double[] drawn(String what, int key, int count) {
        double[] drawn = new double[count];
        var random = KeyedRandom.of(5, what, key);
        Arrays.setAll(drawn, _ -> random.nextGaussian());
        return drawn;
    }

    private static String id(int person) {
        return "person" + (1000 + person);
    }
}
