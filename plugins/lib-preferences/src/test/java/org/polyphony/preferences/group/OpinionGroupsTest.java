package org.polyphony.preferences.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.preferences.Cores;
import org.polyphony.preferences.JudgeSplit;
import org.polyphony.preferences.PolisConversation;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.group.AgreementModel.AgreementCounts;
import org.polyphony.preferences.model.StrengthsModel;

class OpinionGroupsTest {
    private static final AgreementGain.Options OPTIONS = new AgreementGain.Options(0.3, 10, Ties.DROP, 200, 1);

    @Test
    void discover_twoCamps_findsThem() {
        VoteMatrix votes = camps(90, 40, 0.9);
        int[] groups = OpinionGroups.discover(votes, first(40), 2, 1);
        // people 0, 1 and 2 of every three: the first two belong to the larger camp
        for (int person = 0; person < 90; person++) {
            assertThat(groups[person]).isEqualTo(person % 3 == 2 ? 1 : 0);
        }
        assertThat(OpinionGroups.discover(votes, first(40), 2, 1)).isEqualTo(groups);
    }

    /// Three camps of different sizes, each with statements of its own; almost everybody agrees with the others, and
    /// some people have seen a third of what others have. Two components hold three camps apart, the mean of a
    /// statement says nothing, and how much somebody has seen says nothing.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void discover_threeCampsWhoAgreeOnMuch_findsThemWhateverTheyHaveSeen(long seed) {
        int people = 150;
        int statements = 90;
        SplittableRandom random = new SplittableRandom(seed);
        byte[] votes = new byte[people * statements];
        int[] camp = new int[people];
        for (int person = 0; person < people; person++) {
            camp[person] = person % 10 < 5 ? 0 : person % 10 < 8 ? 1 : 2;
            double sees = person % 3 == 0 ? 0.3 : 0.9;
            for (int s = 0; s < statements; s++) {
                // the camp itself is against what is its own
                boolean against = s % 3 == camp[person];
                boolean agrees = random.nextDouble() < (against ? 0.15 : 0.9);
                votes[person * statements + s] = random.nextDouble() > sees
                        ? VoteMatrix.UNSEEN
                        : agrees ? VoteMatrix.AGREE : VoteMatrix.DISAGREE;
            }
        }

        int[] found = OpinionGroups.discover(VoteMatrix.of(people, statements, votes), first(statements), 3, seed);

        assertThat(found).containsExactly(camp);
    }

    /// Opposite corners of two statements asked seven times each: four groups, numbered by size.
    @Test
    void discover_fourCorners_areNumberedBySize() {
        int people = 100;
        byte[] votes = new byte[people * 14];
        int[] corner = new int[people];
        for (int person = 0; person < people; person++) {
            corner[person] = person < 40 ? 0 : person < 70 ? 1 : person < 90 ? 2 : 3;
            for (int s = 0; s < 14; s++) {
                boolean agrees = s < 7 ? corner[person] % 2 == 0 : corner[person] / 2 == 0;
                votes[person * 14 + s] = agrees ? VoteMatrix.AGREE : VoteMatrix.DISAGREE;
            }
        }
        VoteMatrix matrix = VoteMatrix.of(people, 14, votes);

        for (long seed = 0; seed < 5; seed++) {
            assertThat(OpinionGroups.discover(matrix, first(14), 4, seed)).containsExactly(corner);
        }
        assertThat(OpinionGroups.discover(matrix, first(14), 1, 1)).containsOnly(0);
    }

    /// More groups are asked for than there are people.
    @Test
    void discover_fewerPeopleThanGroups_areAGroupEach() {
        byte[] votes = new byte[2 * 8];
        Arrays.fill(votes, 0, 8, VoteMatrix.AGREE);
        Arrays.fill(votes, 8, 16, VoteMatrix.DISAGREE);

        assertThat(OpinionGroups.discover(VoteMatrix.of(2, 8, votes), first(8), 5, 1))
                .containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void discover_peopleWithFewVotes_haveNoGroup() {
        byte[] votes = new byte[3 * 10];
        Arrays.fill(votes, VoteMatrix.UNSEEN);
        for (int s = 0; s < 10; s++) {
            votes[s] = VoteMatrix.AGREE;
            votes[10 + s] = s < 6 ? VoteMatrix.AGREE : VoteMatrix.UNSEEN;
        }
        VoteMatrix matrix = VoteMatrix.of(3, 10, votes);
        assertThat(OpinionGroups.discover(matrix, first(10), 2, 1)).containsExactly(0, -1, -1);
        assertThat(OpinionGroups.discover(matrix, first(6), 2, 1))
                .as("all of them are enough")
                .containsExactly(0, 0, -1);
        assertThat(OpinionGroups.discover(matrix, new int[0], 2, 1)).containsExactly(-1, -1, -1);
        assertThatThrownBy(() -> OpinionGroups.discover(matrix, first(10), 0, 1))
                .hasMessageContaining("0");
    }

    @Test
    void discover_everybodyAlike_isOneGroup() {
        byte[] votes = new byte[5 * 8];
        Arrays.fill(votes, VoteMatrix.AGREE);
        assertThat(OpinionGroups.discover(VoteMatrix.of(5, 8, votes), first(8), 2, 1))
                .containsOnly(0);
    }

    @Test
    void agreement_withHardlyAnyRidge_isTheLogOddsOfTheVotes() {
        AgreementCounts everybody = AgreementCounts.none(2);
        AgreementCounts group = AgreementCounts.none(2);
        everybody.add(0, VoteMatrix.AGREE, 6, Ties.HALF);
        everybody.add(0, VoteMatrix.DISAGREE, 2, Ties.HALF);
        everybody.add(1, VoteMatrix.PASS, 5, Ties.HALF);
        everybody.add(1, VoteMatrix.PASS, 5, Ties.DROP);
        everybody.add(1, VoteMatrix.UNSEEN, 5, Ties.HALF);
        AgreementModel model = AgreementModel.fit(everybody, new AgreementCounts[] {group}, 1e-9, 3);
        assertThat(model.logit(OpinionGroups.NONE, 0)).isCloseTo(Math.log(3), within(1e-7));
        assertThat(model.logit(0, 1)).as("a silent group is the population").isCloseTo(0, within(1e-9));
        assertThat(model.variance(0, 0))
                .as("… of which less is known")
                .isCloseTo(model.variance(OpinionGroups.NONE, 0) + 1.0 / 3, within(1e-9));
        StrengthsModel preferences = model.preferences();
        // agrees with exactly one of the two, judged on their own: 3/4 · 1/2 against 1/4 · 1/2
        assertThat(preferences.probability(0, 0, 0, 1)).isCloseTo(0.75, within(1e-7));
        assertThatThrownBy(() -> AgreementModel.fit(everybody, new AgreementCounts[0], 0, 1))
                .hasMessageContaining("0.0");
    }

    @Test
    void gain_ofTwoCamps_isLargeAndOfPlaceboCampsIsNot() {
        VoteMatrix votes = camps(150, 60, 0.8);
        int[] discovered = OpinionGroups.discover(votes, first(30), 2, 1);
        int[] others = IntStream.range(30, 60).toArray();
        int[] folds = IntStream.range(0, 150).map(person -> person % 5).toArray();
        AgreementGain real = AgreementGain.of(votes, others, discovered, folds, 5, OPTIONS);
        assertThat(real.gain().low()).isGreaterThan(0.05);
        assertThat(real.population() - real.groups()).isCloseTo(real.gain().value(), within(1e-12));
        int[] placebo = AgreementGain.permuted(votes, others, discovered, 1, 0);
        assertThat(Arrays.stream(placebo).sum())
                .isEqualTo(Arrays.stream(discovered).sum());
        assertThat(AgreementGain.of(votes, others, placebo, folds, 5, OPTIONS)
                        .gain()
                        .low())
                .isNegative();
        assertThat(AgreementGain.chooseShrinkage(
                        votes, others, discovered, folds, 5, 0.3, Ties.DROP, List.of(1.0, 10.0, 100.0), Cores.ALL))
                .isEqualTo(1);
        assertThat(AgreementGain.chooseShrinkage(
                        votes, others, new int[150], folds, 5, 0.3, Ties.DROP, List.of(1e-3), Cores.ALL))
                .as("one group of everybody adds nothing but noise")
                .isInfinite();
    }

    @ParameterizedTest
    @CsvSource({
        "american-assembly.bowling-green, .060, .069",
        "austria-climate.5twd2jsnkf.2022-08-08, .049, .066",
        "brexit-consensus, .018, .031",
        "canadian-electoral-reform, .015, .026",
        "15-per-hour-seattle, .015, .037",
        "scoop-hivemind.affordable-housing, .003, .006",
        "scoop-hivemind.biodiversity, .018, .026",
        "scoop-hivemind.taxes, .023, .036",
        "ssis.land-bank-farmland.2rumnecbeh.2021-08-01, .032, .049",
        "vtaiwan.uberx, .067, .081",
        "scoop-hivemind.freshwater, -.002, .0005",
        "london.youth.policing, -.006, .003"
    })
    void gain_ofRealConversations_isThatOfGroupsFoundInTheOtherHalf(String name, double low, double high) {
        PolisConversation conversation = PolisConversation.load(name);
        int[] groups = OpinionGroups.discover(conversation.votes(), conversation.half(0), 2, 1);
        AgreementGain gain = AgreementGain.of(
                conversation.votes(),
                conversation.half(1),
                groups,
                JudgeSplit.parts(conversation.participants(), 5),
                5,
                OPTIONS);
        assertThat(gain.gain().value()).isBetween(low, high);
        assertThat(gain.gain().low() > 0).as("a difference may be claimed").isEqualTo(low > 0);
    }

    /// A third of the people vote against the rest on every statement, with a probability of `loyalty` each.
    private static VoteMatrix camps(int people, int statements, double loyalty) {
        SplittableRandom random = new SplittableRandom(6);
        byte[] votes = new byte[people * statements];
        for (int person = 0; person < people; person++) {
            for (int s = 0; s < statements; s++) {
                boolean side = (person % 3 == 2) == (s % 2 == 0);
                boolean agrees = side == random.nextDouble() < loyalty;
                votes[person * statements + s] =
                        random.nextInt(10) == 0 ? VoteMatrix.UNSEEN : agrees ? VoteMatrix.AGREE : VoteMatrix.DISAGREE;
            }
        }
        return VoteMatrix.of(people, statements, votes);
    }

    private static int[] first(int count) {
        return IntStream.range(0, count).toArray();
    }
}
