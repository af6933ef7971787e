package org.polyphony.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.preference.Criterion;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.TestJudgments;

class ComparisonsTest {

    private static final Seating TEAMS = Seating.of("team", List.of("north", "south"));

    private static TestJudgments judgments(int... candidates) {
        return TestJudgments.about(TestJudgments.candidates(candidates), 4, "team", "north", "south");
    }

    @Test
    void of_everyForm_countsPairsOfAJudgmentByLevel() {
        var judgments = judgments(3, 2)
                .rating(0, 0, 0, 1, 3, 5)
                .ranking(0, 1, 1, 2, 0)
                .tie(1, 2, -1, 0, 1)
                .approval(1, 3, 1, 1, 0)
                .build();
        var comparisons = Comparisons.of(judgments, TEAMS, _ -> true);
        assertThat(comparisons.total()).isEqualTo(6);
        assertThat(comparisons.ofItem(0)).isEqualTo(4);
        assertThat(comparisons.ofSeat(0)).isEqualTo(3);
        assertThat(comparisons.ofSeat(1)).isEqualTo(2);
        assertThat(comparisons.ofSeat(2)).isEqualTo(1);
        assertThat(comparisons.of(1, 1)).isEqualTo(1);
        assertThat(comparisons.issue()).isEmpty();
        assertThat(Comparisons.of(judgments, TEAMS, n -> n == 1).total()).isEqualTo(1);
    }

    @Test
    void issue_nothingComparedAnywhere_saysThatNobodysPreferenceIsKnown() {
        var judgments = judgments(2).rating(0, 0, 0, 1).rating(0, 1, 1, 5).build();
        var comparisons = Comparisons.of(judgments, TEAMS, _ -> true);
        assertThat(comparisons.total()).isZero();
        assertThat(comparisons.anyOf(0)).isFalse();
        assertThat(comparisons.issue())
                .map(Issue::message)
                .hasValueSatisfying(text -> assertThat(text).contains("Nothing is compared: none of the 2 judgments"));
        assertThat(comparisons.headline()).isPresent();
    }

    @Test
    void issue_oneItemWithoutComparison_isNamed() {
        var judgments = judgments(2, 2).pair(0, 0, 0, 0, 1).rating(1, 1, 1, 5).build();
        var comparisons = Comparisons.of(judgments, TEAMS, _ -> true);
        assertThat(comparisons.anyOf(0)).isTrue();
        assertThat(comparisons.anyOf(1)).isFalse();
        assertThat(comparisons.issue())
                .map(Issue::message)
                .hasValueSatisfying(text -> assertThat(text).contains("on 1 of 2 items (item0001)"));
    }

    @Test
    void anyOf_approvalsOfTwoCandidatesByDifferentPeople_areCompared() {
        var one = judgments(2).approval(0, 0, 0, 1).approval(0, 1, 1, 0).build();
        assertThat(Comparisons.of(one, TEAMS, _ -> true).anyOf(0)).isFalse();
        var judgments = judgments(3, 2);
        // the only entry of each judgment is candidate 0 of its item, so two items do not mix
        var apart = judgments.approval(0, 0, 0, 1).approval(1, 1, 1, 1).build();
        assertThat(Comparisons.of(apart, TEAMS, _ -> true).unknown()).containsExactly("item0000", "item0001");
    }

    @Test
    void anyOf_oneCandidate_isNoGameHoweverOftenItIsJudged() {
        var judgments = judgments(2, 1)
                .rating(1, 0, 0, 5)
                .approval(1, 1, 1, 1)
                .label(1, 0, 0, 0, 1)
                .label(0, 0, 0, 0, 1)
                .label(0, 1, 0, 1, 0)
                .build();
        var comparisons = Comparisons.of(judgments, TEAMS, _ -> true);
        assertThat(comparisons.anyOf(1)).as("there is nothing to prefer").isFalse();
        assertThat(comparisons.anyOf(0))
                .as("labels of two candidates by two judges compare nothing")
                .isFalse();
        assertThat(comparisons.total()).isZero();
    }

    @Test
    void requireOneCriterion_twoQuestions_areRefused() {
        var read = judgments(2, 2)
                .pair(0, 0, 0, 0, 1)
                .pair(0, 1, 0, 1, 0)
                .label(0, 0, 0, 1, 1)
                .build();
        var helpful = new Criterion("helpful", Criterion.preference().scale());
        var harmful = new Criterion("harmful", new Criterion.Scale(Criterion.Kind.ORDINAL, List.of("no", "yes"), true));
        assertThatThrownBy(() -> Comparisons.requireOneCriterion(answering(read, helpful, harmful, 0, 1, 1), "survey"))
                .hasMessageContaining("source 'survey' read answers to 2 questions: helpful, harmful")
                .hasMessageContaining("make a study of each");
        Comparisons.requireOneCriterion(answering(read, helpful, harmful, 0, 0, 1), "survey");
    }

    private static Judgments answering(Judgments read, Criterion one, Criterion other, int... criteria) {
        return new Judgments(
                read.candidates(),
                read.judges(),
                List.of(one, other),
                read.columns().withCriterion(Tensor.ofInts(criteria, criteria.length)),
                read.entries());
    }
}
