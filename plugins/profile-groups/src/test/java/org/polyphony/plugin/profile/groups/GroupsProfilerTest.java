package org.polyphony.plugin.profile.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.polyphony.preferences.Ties;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferRequest.Form;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.testkit.TestContext;
import org.polyphony.spi.testkit.TestJudgments;
import org.polyphony.spi.testkit.ValueProfilerContract;

class GroupsProfilerTest implements ValueProfilerContract {
    @Override
    public ValueProfiler profiler() {
        return new GroupsProfiler();
    }

    @Test
    void fit_rankingsWithRealCycles_choosesTheCycleCapableModel() {
        Judgments judgments = rockPaperScissors(40, 0.85);
        try (var context = TestContext.of(settings(ProfileModel.AUTO, "auto"))) {
            Artefact artefact = fit(judgments, context);
            assertThat(artefact.text("model")).isEqualTo("skew-bilinear");
            PreferenceBucket bucket = prefer(artefact, judgments, context);
            for (int i = 0; i < 3; i++) {
                assertThat(bucket.p().at(0, 0, i, (i + 1) % 3)).isCloseTo(0.85, within(0.06));
            }
        }
    }

    @Test
    void fit_noiseWithoutCycles_staysWithBradleyTerry() {
        Judgments judgments = rockPaperScissors(40, 0.5);
        try (var context = TestContext.of(settings(ProfileModel.AUTO, "auto"))) {
            assertThat(fit(judgments, context).text("model")).isEqualTo("bradley-terry");
        }
    }

    @Test
    void fit_groupsThatDoNotDiffer_shrinksThemStrongly() {
        var built = TestJudgments.about(TestJudgments.candidates(4), 200, "group", "nurse", "patient");
        SplittableRandom random = new SplittableRandom(5);
        for (int n = 0; n < 2000; n++) {
            int i = random.nextInt(4);
            int j = (i + 1 + random.nextInt(3)) % 4;
            boolean first = random.nextDouble() < 1 / (1 + Math.exp(0.5 * (i - j)));
            built.pair(0, n % 200, n % 2, first ? i : j, first ? j : i);
        }
        try (var context = TestContext.of(settings(ProfileModel.BRADLEY_TERRY, "auto"))) {
            assertThat(Double.parseDouble(fit(built.build(), context).text("shrinkage")))
                    .isGreaterThanOrEqualTo(30);
        }
    }

    @Test
    void fit_moreJudgments_areLessUncertainAndCounted() {
        var few = pairs(4);
        var many = pairs(400);
        try (var context = TestContext.of(settings(ProfileModel.BRADLEY_TERRY, "3"))) {
            PreferenceBucket little = prefer(fit(few, context), few, context);
            PreferenceBucket much = prefer(fit(many, context), many, context);
            assertThat(much.deviation().at(0, 0, 0, 1))
                    .isLessThan(little.deviation().at(0, 0, 0, 1) / 2)
                    .isPositive();
            assertThat(much.counts().at(0, 0, 0, 1)).isEqualTo(200);
            assertThat(much.counts().at(0, 1, 0, 1)).isEqualTo(200);
        }
    }

    @Test
    void fit_ballots_areTheExactMajorityMatrix() {
        // three voters: 0 > 1 > 2 twice; 2 before the others, which are equal
        var built = TestJudgments.about(TestJudgments.candidates(3), 3, "group", "nurse", "patient")
                .ranking(0, 0, 0, 0, 1, 2)
                .ranking(0, 1, 0, 0, 1, 2)
                .rating(0, 2, 0, 0, 0, 1);
        Judgments judgments = built.build();
        try (var context = TestContext.of(settings(ProfileModel.BALLOTS, "auto"))) {
            PreferenceBucket bucket = prefer(fit(judgments, context), judgments, context);
            assertThat(bucket.p().at(0, 0, 0, 1)).isEqualTo(0.5 + 2.0 / 6);
            assertThat(bucket.p().at(0, 0, 0, 2)).isEqualTo(0.5 + 1.0 / 6);
            assertThat(bucket.deviation().at(0, 0, 0, 1)).isZero();
            assertThat(bucket.counts().at(0, 0, 0, 1)).isEqualTo(3);
            assertThat(bucket.deviation().at(0, 1, 0, 1))
                    .as("nobody voted for this seat: how sure is unknown, not exact")
                    .isNaN();
            assertThat(bucket.deviation().at(0, 1, 1, 1)).isZero();
            assertThat(bucket.p().at(0, 1, 0, 1))
                    .as("nobody voted for this seat")
                    .isEqualTo(0.5);
        }
    }

    @Test
    void fit_approvals_comparesTheOddsOfAgreement() {
        var built = TestJudgments.about(TestJudgments.candidates(2), 80, "group", "nurse", "patient");
        for (int n = 0; n < 80; n++) {
            built.approval(0, n, n % 2, n % 8 < 6 ? 1 : 0, n % 8 < 2 ? 1 : n % 8 == 2 ? 0.5 : 0);
        }
        Judgments judgments = built.build();
        try (var context = TestContext.of(settings(ProfileModel.AUTO, "infinity"))) {
            Artefact artefact = fit(judgments, context);
            assertThat(artefact.text("model")).isEqualTo("agreement");
            PreferenceBucket bucket = prefer(artefact, judgments, context);
            // odds 3 of the first; 25 to 55 of the second, a pass being half of each
            assertThat(bucket.p().at(0, 0, 0, 1)).isCloseTo(3 / (3 + 25 / 55.0), within(0.01));
            assertThat(bucket.counts().at(0, 0, 0, 1)).isEqualTo(40);
        }
    }

    @Test
    void fit_agreementOfPairs_isRefused() {
        try (var context = TestContext.of(settings(ProfileModel.AGREEMENT, "auto"))) {
            assertThatThrownBy(() -> fit(pairs(4), context))
                    .isInstanceOf(AlignmentException.class)
                    .hasMessageContaining("approvals only");
        }
    }

    @Test
    void fit_labelsOnly_isRefused() {
        var labels = TestJudgments.about(TestJudgments.candidates(2), 4, "group", "nurse", "patient")
                .label(0, 0, 0, 0, 1)
                .label(0, 1, 1, 1, 0)
                .build();
        try (var context = TestContext.of(settings(ProfileModel.AUTO, "auto"))) {
            assertThatThrownBy(() -> fit(labels, context))
                    .isInstanceOf(AlignmentException.class)
                    .hasMessageContaining("none of 2 judgments compares candidates")
                    .hasMessageContaining("not all are labels");
        }
    }

    @Test
    void fit_people_isRefused() {
        Judgments judgments = pairs(4);
        try (var context = context()) {
            var request = FitRequest.of(
                    judgments,
                    TestJudgments.training(4, 0),
                    new Seating(Seating.Level.PERSON, ValueProfilerContract.SEATING.seats(), 0));
            assertThatThrownBy(() -> profiler().fit(request, context)).hasMessageContaining("knows persons");
        }
    }

    @Test
    void fit_oneAnnotatorAndOneCandidate_warns() {
        var judgments = TestJudgments.about(TestJudgments.candidates(2, 1), 1, "group", "nurse", "patient")
                .pair(0, 0, 0, 1, 0)
                .pair(0, 0, 0, 1, 0)
                .build();
        try (var context = context()) {
            fit(judgments, context);
            assertThat(context.issues())
                    .filteredOn(issue -> issue.severity() == Issue.Severity.WARNING)
                    .extracting(Issue::code)
                    .containsExactlyInAnyOrder("SEAT_WITHOUT_JUDGMENTS", "ANNOTATOR_SINGLE", "CANDIDATE_SINGLE");
        }
    }

    @Test
    void prefer_mixtureOfTwoSeats_mixesProbabilities() {
        Judgments judgments = pairs(200);
        try (var context = TestContext.of(settings(ProfileModel.BRADLEY_TERRY, "1"))) {
            var profiles = profiler().open(fit(judgments, context), context);
            var asked = new PreferRequest(
                    judgments.candidates(),
                    List.of(
                            Viewpoint.ofSeat("nurse"),
                            Viewpoint.ofSeat("patient"),
                            Viewpoint.of("mixed", new Whose.Seats(Map.of("nurse", 3.0, "patient", 1.0)))),
                    Optional.empty(),
                    Form.PAIRS);
            PreferenceBucket all = bucket(profiles.prefer(asked, context));
            double expected = 0.75 * all.p().at(0, 0, 0, 1) + 0.25 * all.p().at(0, 1, 0, 1);
            assertThat(all.p().at(0, 2, 0, 1)).isCloseTo(expected, within(1e-15));
            assertThat(all.p().at(0, 2, 0, 1) + all.p().at(0, 2, 1, 0)).isEqualTo(1);
            assertThat(all.deviation().at(0, 2, 0, 1)).isPositive();
            assertThat(all.counts().at(0, 2, 0, 1))
                    .isEqualTo(0.75 * all.counts().at(0, 0, 0, 1)
                            + 0.25 * all.counts().at(0, 1, 0, 1));
            assertThatThrownBy(() -> profiles.prefer(asked.as(Form.SCORES), context))
                    .as("the average of two Bradley-Terry models is none")
                    .hasMessageContaining("mixed");
        }
    }

    @Test
    void prefer_scores_areCentredUtilitiesAsUncertainAsTheirDifferences() {
        Judgments judgments = pairs(200);
        try (var context = TestContext.of(settings(ProfileModel.BRADLEY_TERRY, "1"))) {
            var profiles = profiler().open(fit(judgments, context), context);
            var asked = ask(judgments, ValueProfilerContract.SEATS);
            PreferenceBucket pairs = bucket(profiles.prefer(asked, context));
            var scores =
                    profiles.prefer(asked.as(Form.SCORES), context).scores().getLast();
            double logit = Math.log(pairs.p().at(0, 0, 0, 1) / pairs.p().at(0, 0, 1, 0));
            assertThat(scores.scores().at(0, 0, 0)).isCloseTo(logit / 2, within(1e-12));
            assertThat(scores.scores().at(0, 0, 1)).isCloseTo(-logit / 2, within(1e-12));
            // of two candidates each score is half their difference
            assertThat(scores.deviation().at(0, 0, 1))
                    .isCloseTo(pairs.deviation().at(0, 0, 0, 1) / 2, within(1e-12));
        }
        try (var context = TestContext.of(settings(ProfileModel.BALLOTS, "auto"))) {
            var profiles = profiler().open(fit(judgments, context), context);
            assertThatThrownBy(() -> profiles.prefer(
                            ask(judgments, ValueProfilerContract.SEATS).as(Form.SCORES), context))
                    .hasMessageContaining("no scores");
        }
    }

    @Test
    void prefer_someCandidatesInAnotherOrder_answersAboutThem() {
        Judgments judgments = sample();
        Candidates some = Candidates.of(
                List.of("item0000"),
                List.of(""),
                List.of("item0000-answer002", "item0000-answer000"),
                List.of("", ""),
                new int[] {0, 2});
        try (var context = context()) {
            var profiles = profiler().open(fit(judgments, context), context);
            PreferenceBucket all = bucket(profiles.prefer(ask(judgments, ValueProfilerContract.SEATS), context));
            PreferenceBucket two =
                    bucket(profiles.prefer(PreferRequest.ofSeats(some, ValueProfilerContract.SEATS), context));
            assertThat(two.p().at(0, 1, 0, 1)).isEqualTo(all.p().at(0, 1, 2, 0));
            Candidates unknown =
                    Candidates.of(List.of("other"), List.of(""), List.of("x"), List.of(""), new int[] {0, 1});
            assertThatThrownBy(
                            () -> profiles.prefer(PreferRequest.ofSeats(unknown, ValueProfilerContract.SEATS), context))
                    .hasMessageContaining("other");
        }
    }

    @Test
    void settings_outOfRange_sayTheValue() {
        assertThatThrownBy(() -> settings(ProfileModel.AUTO, "strong")).hasMessageContaining("strong");
        assertThatThrownBy(() -> settings(ProfileModel.AUTO, "-3")).hasMessageContaining("-3");
        assertThatThrownBy(() -> new GroupsSettings(
                        ProfileModel.AUTO,
                        Double.NaN,
                        new Shrinkage("auto", List.of()),
                        Ties.HALF,
                        5,
                        new Planes(1, List.of())))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new GroupsSettings(
                        ProfileModel.AUTO,
                        0.3,
                        new Shrinkage("auto", List.of()),
                        Ties.HALF,
                        1,
                        new Planes(1, List.of())))
                .hasMessageContaining("folds");
    }

    private static GroupsSettings settings(ProfileModel model, String shrinkage) {
        return new GroupsSettings(
                model, 0.3, new Shrinkage(shrinkage, List.of()), Ties.HALF, 5, new Planes(1, List.of()));
    }

    private Artefact fit(Judgments judgments, TestContext context) {
        return profiler()
                .fit(
                        FitRequest.of(
                                judgments, TestJudgments.training(judgments.count(), 0), ValueProfilerContract.SEATING),
                        context);
    }

    private PreferenceBucket prefer(Artefact artefact, Judgments judgments, TestContext context) {
        return bucket(profiler().open(artefact, context).prefer(ask(judgments, ValueProfilerContract.SEATS), context));
    }

    private static PreferRequest ask(Judgments judgments, List<String> seats) {
        return PreferRequest.ofSeats(judgments.candidates(), seats);
    }

    private static PreferenceBucket bucket(org.polyphony.spi.profile.PreferenceEstimate estimate) {
        return estimate.pairs().getLast();
    }

    private static Judgments pairs(int count) {
        var built = TestJudgments.about(TestJudgments.candidates(2), 10, "group", "nurse", "patient");
        for (int n = 0; n < count; n++) {
            built.pair(0, n % 10, n % 2, n % 4 < 3 ? 0 : 1, n % 4 < 3 ? 1 : 0);
        }
        return built.build();
    }

    private static Judgments sample() {
        return TestJudgments.random(3, TestJudgments.candidates(4), 9, 120, "nurse", "patient");
    }

    private static Judgments rockPaperScissors(int annotators, double win) {
        var built = TestJudgments.about(TestJudgments.candidates(3), annotators, "group", "nurse", "patient");
        SplittableRandom random = new SplittableRandom(12);
        for (int judge = 0; judge < annotators; judge++) {
            for (int n = 0; n < 12; n++) {
                int i = n % 3;
                int beaten = (i + 1) % 3;
                boolean wins = random.nextDouble() < win;
                built.pair(0, judge, judge % 2, wins ? i : beaten, wins ? beaten : i);
            }
        }
        return built.build();
    }
}
