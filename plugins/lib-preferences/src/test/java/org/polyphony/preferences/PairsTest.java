package org.polyphony.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairsTest {
    @Test
    void values_ofARanking_expandToPairsThatWeighOneLessThanTheCandidates() {
        Pairs pairs = Pairs.builder(new int[] {5}, 1, 0)
                .values(0, new int[] {4, 0, 2, 1}, new double[] {-1, -2, -2, -4}, 0, Pairs.NO_GROUP, 3)
                .build();
        assertThat(pairs.size()).isEqualTo(6);
        assertThat(IntStream.range(0, 6).mapToDouble(pairs::weight).sum()).isCloseTo(3 * 3.0, within(1e-12));
        assertThat(pairs.outcome(0)).isEqualTo(1);
        assertThat(pairs.count(row -> !pairs.decided(row))).isEqualTo(1);
    }

    @Test
    void values_ofMinusZeroAndZero_areATie() {
        Pairs pairs = Pairs.builder(new int[] {2}, 1, 0)
                .values(0, new int[] {0, 1}, new double[] {-0.0, 0.0}, 0, Pairs.NO_GROUP, 1)
                .build();
        assertThat(pairs.decided(0)).isFalse();
    }

    @Test
    void values_ofOneCandidate_addNothing() {
        Pairs pairs = Pairs.builder(new int[] {1}, 1, 0)
                .values(0, new int[] {0}, new double[] {5}, 0, Pairs.NO_GROUP, 1)
                .build();
        assertThat(pairs.size()).isZero();
        assertThat(pairs.table().size()).isZero();
    }

    @Test
    void table_ofRowsInAnyOrder_numbersPairsByItemThenCandidates() {
        Pairs pairs = Pairs.builder(new int[] {3, 2, 4}, 2, 1)
                .pair(2, 3, 1, 1, 0, 0, 1)
                .pair(0, 2, 0, 0, 1, 0, 1)
                .pair(2, 1, 3, 1, 1, 0, 1)
                .pair(2, 0, 1, 0.5, 0, 0, 1)
                .build();
        PairTable table = pairs.table();
        assertThat(table.size()).isEqualTo(3);
        assertThat(table.start(1)).isEqualTo(1);
        assertThat(table.start(2)).isEqualTo(1);
        assertThat(pairs.pair(0)).isEqualTo(pairs.pair(2)).isEqualTo(2);
        assertThat(table.low(pairs.pair(1))).isZero();
        assertThat(table.high(pairs.pair(1))).isEqualTo(2);
    }

    @Test
    void select_someRows_keepsTheirColumns() {
        Pairs pairs = Pairs.builder(new int[] {3}, 2, 2)
                .pair(0, 0, 1, 1, 0, 0, 1)
                .pair(0, 1, 2, 0, 1, 1, 2)
                .build();
        Pairs one = pairs.select(row -> pairs.judge(row) == 1);
        assertThat(one.size()).isEqualTo(1);
        assertThat(one.first(0)).isEqualTo(1);
        assertThat(one.weight(0)).isEqualTo(2);
        assertThat(one.pair(0)).isEqualTo(pairs.pair(1));
        assertThat(pairs.reweighted(new double[] {0, 3}).weight(1)).isEqualTo(6);
    }

    @Test
    void pair_thatIsImpossible_saysTheValue() {
        PairsBuilder builder = Pairs.builder(new int[] {2}, 1, 1);
        assertThatThrownBy(() -> builder.pair(0, 0, 2, 1, 0, 0, 1)).hasMessageContaining("candidate 2 of item 0");
        assertThatThrownBy(() -> builder.pair(0, 1, 1, 1, 0, 0, 1)).hasMessageContaining("compared with itself");
        assertThatThrownBy(() -> builder.pair(0, 0, 1, 0.3, 0, 0, 1)).hasMessageContaining("0.3");
        assertThatThrownBy(() -> builder.pair(0, 0, 1, 1, 0, 1, 1)).hasMessageContaining("group 1");
        assertThatThrownBy(() -> builder.pair(0, 0, 1, 1, 0, 0, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> builder.values(0, new int[] {0, 0}, new double[] {1, 2}, 0, 0, 1))
                .hasMessageContaining("twice");
    }

    @Test
    void parts_ofKnownIds_areThoseOfTheReference() {
        assertThat(JudgeSplit.parts(List.of("w0001", "w3815"), 5)).containsExactly(4, 0);
        assertThatThrownBy(() -> JudgeSplit.part("w0001", 0)).hasMessageContaining("0");
    }

    @Test
    void random_ofOneKey_repeatsAndDiffersFromItsNeighbours() {
        long first = KeyedRandom.of(1, "stage", 5).nextLong();
        assertThat(KeyedRandom.of(1, "stage", 5).nextLong()).isEqualTo(first);
        assertThat(List.of(
                        KeyedRandom.of(2, "stage", 5).nextLong(),
                        KeyedRandom.of(1, "stagf", 5).nextLong(),
                        KeyedRandom.of(1, "stage", 6).nextLong()))
                .doesNotContain(first)
                .doesNotHaveDuplicates();
    }
}
