package org.polyphony.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.testkit.TestJudgments;

class JudgmentPairsTest {
    /// A pair, a ranking of three, a rating with a tie, an approval, and a label, which compares nothing.
    private static Judgments everyForm() {
        return TestJudgments.about(TestJudgments.candidates(2, 3), 4, "role", "nurse", "patient")
                .pair(0, 3, 1, 1, 0)
                .label(0, 0, 0, 1, 4)
                .ranking(1, 1, 0, 2, 0, 1)
                .rating(1, 2, -1, 5, 5, 1)
                .approval(0, 0, 0, 0, 1)
                .build();
    }

    @Test
    void pairs_ofEveryForm_keepWhoSaidWhatAndOfWhichJudgmentTheyAre() {
        Judgments judgments = everyForm();
        JudgmentPairs made = JudgmentPairs.of(judgments, 2, n -> judgments.level(n, 0), n -> 1);
        Pairs pairs = made.pairs();

        assertThat(pairs.size()).isEqualTo(8);
        assertThat(made.judgment()).containsExactly(0, 2, 2, 2, 3, 3, 3, 4);
        assertThat(IntStream.range(0, 8).map(pairs::item)).containsExactly(0, 1, 1, 1, 1, 1, 1, 0);
        assertThat(IntStream.range(0, 8).map(pairs::judge)).containsExactly(3, 1, 1, 1, 2, 2, 2, 0);
        assertThat(IntStream.range(0, 8).map(pairs::group))
                .containsExactly(1, 0, 0, 0, Pairs.NO_GROUP, Pairs.NO_GROUP, Pairs.NO_GROUP, 0);
        // m candidates count m - 1 in all
        assertThat(IntStream.range(0, 8).mapToDouble(pairs::weight).toArray())
                .containsExactly(
                        new double[] {1, 2 / 3.0, 2 / 3.0, 2 / 3.0, 2 / 3.0, 2 / 3.0, 2 / 3.0, 1}, within(1e-15));
        assertThat(said(pairs, 0, 1, 0)).isEqualTo(1);
        assertThat(said(pairs, 7, 1, 0)).isEqualTo(1);
        assertThat(IntStream.range(1, 4)
                        .mapToDouble(row -> said(pairs, row, 2, 0))
                        .max())
                .hasValue(1);
        assertThat(IntStream.range(4, 7)
                        .mapToDouble(row -> said(pairs, row, 0, 1))
                        .max())
                .hasValue(0.5);
    }

    // what a row says of these two, or less than any outcome where it is about others
    private static double said(Pairs pairs, int row, int better, int worse) {
        if (pairs.first(row) == better && pairs.second(row) == worse) {
            return pairs.outcome(row);
        }
        return pairs.first(row) == worse && pairs.second(row) == better ? 1 - pairs.outcome(row) : -1;
    }

    @Test
    void pairs_ofJudgmentsThatCountOtherwise_weighSo() {
        Judgments judgments = everyForm();
        JudgmentPairs made = JudgmentPairs.of(judgments, 2, n -> judgments.level(n, 0), n -> n == 2 ? 0 : n + 1);

        assertThat(made.judgment()).containsExactly(0, 3, 3, 3, 4);
        assertThat(IntStream.range(0, 5).mapToDouble(made.pairs()::weight).toArray())
                .containsExactly(new double[] {1, 8 / 3.0, 8 / 3.0, 8 / 3.0, 5}, within(1e-15));
    }

    /// More rows than there are judgments: twenty rankings of six make 300 pairs.
    @Test
    void pairs_ofManyRankings_growPastTheirJudgments() {
        TestJudgments rankings = TestJudgments.about(TestJudgments.candidates(6), 1, "role", "nurse");
        for (int n = 0; n < 20; n++) {
            rankings.ranking(0, 0, 0, 0, 1, 2, 3, 4, 5);
        }
        JudgmentPairs made = JudgmentPairs.of(rankings.build(), 1, n -> 0, n -> 1);

        assertThat(made.pairs().size()).isEqualTo(300);
        assertThat(made.judgment())
                .containsExactly(IntStream.range(0, 300).map(row -> row / 15).toArray());
    }

    @Test
    void pairs_ofAnItemWithoutCandidates_keepItsPlace() {
        Judgments judgments = TestJudgments.about(TestJudgments.candidates(0, 2), 1, "role", "nurse")
                .pair(1, 0, 0, 0, 1)
                .build();
        Pairs pairs = JudgmentPairs.of(judgments, 1, n -> 0, n -> 1).pairs();

        assertThat(pairs.items()).isEqualTo(2);
        assertThat(pairs.item(0)).isEqualTo(1);
    }
}
