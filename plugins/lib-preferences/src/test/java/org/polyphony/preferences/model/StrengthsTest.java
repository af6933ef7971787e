package org.polyphony.preferences.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;

/// What fitted strengths answer, from odds written by hand: utilities of ln 3 apart are odds of 3 to 1.
class StrengthsTest {
    private static final double LN3 = Math.log(3);

    @Test
    void matrix_ofUtilities_isOfTheirOdds() {
        double[] p = Strengths.of(new double[] {LN3, 0, -LN3}).matrix();

        assertThat(p)
                .containsExactly(new double[] {0.5, 0.75, 0.9, 0.25, 0.5, 0.75, 1 - 0.9, 0.25, 0.5}, within(1e-15));
    }

    /// u = (1, 0, 0) and v = (0, ln 3, 0) lets candidate 0 beat candidate 1 at 3 to 1 and no other pair move.
    @Test
    void matrix_ofAPlane_turnsItsPairOnly() {
        double[] p = new Strengths(new double[3], new double[][] {{1, 0, 0}, {0, LN3, 0}}).matrix();

        assertThat(p).containsExactly(new double[] {0.5, 0.75, 0.5, 0.25, 0.5, 0.5, 0.5, 0.5, 0.5}, within(1e-15));
    }

    @Test
    void planes_ofOddNumber_areRefused() {
        assertThatThrownBy(() -> new Strengths(new double[2], new double[3][2])).hasMessageContaining("even, not 3");
    }

    @Test
    void tensor_ofGroups_isOneMatrixEach() {
        Strengths everybody = Strengths.of(new double[] {0, 0});
        Strengths first = Strengths.of(new double[] {LN3, 0});
        Strengths second = Strengths.of(new double[] {0, LN3});
        StrengthsModel model = new StrengthsModel(
                new Strengths[] {everybody, first}, new Strengths[][] {{first, everybody}, {second, second}});

        assertThat(model.items()).isEqualTo(2);
        assertThat(model.groups()).isEqualTo(2);
        assertThat(model.tensor(0))
                .containsExactly(new double[] {0.5, 0.75, 0.25, 0.5, 0.5, 0.25, 0.75, 0.5}, within(1e-15));
        assertThat(model.probability(1, Pairs.NO_GROUP, 0, 1)).isCloseTo(0.75, within(1e-15));
        assertThat(model.probability(1, 0, 0, 1)).isEqualTo(0.5);
        assertThat(model.probability(1, 1, 0, 1)).isCloseTo(0.25, within(1e-15));
    }

    @Test
    void tensor_withoutGroups_isThePopulations() {
        StrengthsModel model =
                new StrengthsModel(new Strengths[] {Strengths.of(new double[] {LN3, 0})}, new Strengths[0][]);

        assertThat(model.tensor(0)).containsExactly(new double[] {0.5, 0.75, 0.25, 0.5}, within(1e-15));
        assertThat(model.groups()).isZero();
        assertThat(model.probability(0, 7, 0, 1)).isCloseTo(0.75, within(1e-15));
    }

    @Test
    void groups_ofOtherItems_areRefused() {
        assertThatThrownBy(() -> new StrengthsModel(new Strengths[1], new Strengths[1][2]))
                .hasMessageContaining("strengths of 2 items, the population of 1");
    }

    /// With x for half the distance of two utilities, 3 wins to 1 and ridge λ: 4σ(2x) − 3 + λx = 0.
    @Test
    void groupsAlone_areFittedFromTheirOwnJudgments() {
        Pairs pairs = Pairs.builder(new int[] {2, 2}, 2, 2)
                .pair(0, 0, 1, 1, 0, 0, 3)
                .pair(0, 0, 1, 0, 0, 0, 1)
                .pair(0, 0, 1, 0, 1, 1, 3)
                .pair(0, 0, 1, 1, 1, 1, 1)
                .pair(1, 0, 1, 1, 0, 0, 3)
                .pair(1, 0, 1, 0, 0, 0, 1)
                .build();
        StrengthsModel model = new ModelSpec.GroupsAlone(0.5, Ties.DROP).fit(pairs, Parallel.SEQUENTIAL);

        double x = (model.strengths(0, 0).theta()[0] - model.strengths(0, 0).theta()[1]) / 2;
        assertThat(4 / (1 + Math.exp(-2 * x)) - 3 + 0.5 * x).isCloseTo(0, within(1e-8));
        assertThat(x).isPositive();
        assertThat(model.probability(0, 1, 0, 1)).isCloseTo(1 - model.probability(0, 0, 0, 1), within(1e-9));
        assertThat(model.probability(0, Pairs.NO_GROUP, 0, 1)).isCloseTo(0.5, within(1e-9));
        assertThat(model.probability(1, Pairs.NO_GROUP, 0, 1)).isCloseTo(model.probability(0, 0, 0, 1), within(1e-9));
        assertThat(model.probability(1, 1, 0, 1)).isEqualTo(0.5);
    }

    /// A group's deviation shrinks towards the population of its own item.
    @Test
    void shrunkGroups_shrinkTowardsTheirOwnItem() {
        Pairs pairs = Pairs.builder(new int[] {2, 2}, 2, 2)
                .pair(0, 0, 1, 1, 0, 0, 8)
                .pair(0, 0, 1, 0, 0, 1, 2)
                .pair(1, 0, 1, 0, 1, 0, 9)
                .pair(1, 0, 1, 1, 1, 1, 3)
                .build();
        StrengthsModel model = new ModelSpec.ShrunkGroups(0.3, 1e6, Ties.DROP).fit(pairs, Parallel.SEQUENTIAL);
        for (int item = 0; item < 2; item++) {
            for (int group = 0; group < 2; group++) {
                assertThat(model.probability(item, group, 0, 1))
                        .isCloseTo(model.probability(item, Pairs.NO_GROUP, 0, 1), within(1e-4));
            }
        }
        assertThat(model.probability(0, Pairs.NO_GROUP, 0, 1)).isGreaterThan(0.5);
        assertThat(model.probability(1, Pairs.NO_GROUP, 0, 1)).isLessThan(0.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void models_ofStrengthsThatAreNotPositive_areRefused(double none) {
        assertThatThrownBy(() -> new ModelSpec.Population(none, Ties.DROP)).hasMessageContaining("" + none);
        assertThatThrownBy(() -> new ModelSpec.GroupsAlone(none, Ties.DROP)).hasMessageContaining("" + none);
        assertThatThrownBy(() -> new ModelSpec.ShrunkGroups(none, 1, Ties.DROP)).hasMessageContaining("" + none);
        assertThatThrownBy(() -> new ModelSpec.ShrunkGroups(1, none, Ties.DROP)).hasMessageContaining("" + none);
        assertThatThrownBy(() -> new ModelSpec.SkewBilinear(1, none, 1, 1, Ties.DROP))
                .hasMessageContaining("" + none);
        assertThatThrownBy(() -> new ModelSpec.SkewBilinear(1, 1, none, 1, Ties.DROP))
                .hasMessageContaining("" + none);
        assertThatThrownBy(() -> new ModelSpec.SkewBilinear(1, 1, 1, none, Ties.DROP))
                .hasMessageContaining("" + none);
    }

    @Test
    void comparisons_ofEveryPair_areSymmetric() {
        Pairs pairs = Pairs.builder(new int[] {2, 3}, 1, 0)
                .pair(0, 0, 1, 1, 0, Pairs.NO_GROUP, 9)
                .pair(1, 2, 0, 1, 0, Pairs.NO_GROUP, 2)
                .pair(1, 0, 2, 1, 0, Pairs.NO_GROUP, 0.5)
                .pair(1, 1, 2, 0.5, 0, Pairs.NO_GROUP, 4)
                .build();

        assertThat(WinCounts.of(pairs, Ties.HALF)[1].comparisons()).containsExactly(0, 0, 2.5, 0, 0, 4, 2.5, 4, 0);
        WinCounts ofItem = WinCounts.ofItem(pairs, 1, new int[] {1, 2, 3}, Ties.DROP, row -> row != 2);
        assertThat(ofItem.comparisons()).containsExactly(0, 0, 2, 0, 0, 0, 2, 0, 0);
        assertThat(ofItem.lowWins(0)).isZero();
        assertThat(ofItem.highWins(0)).isEqualTo(2);
    }
}
