package org.polyphony.preferences.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;

class PairAgreementTest {

    private static PairsBuilder three(int judges) {
        return Pairs.builder(new int[] {3}, judges, 2);
    }

    private static double[] once(int judges) {
        double[] weights = new double[judges];
        java.util.Arrays.fill(weights, 1);
        return weights;
    }

    /// One pair: two of group 0 say the one, one of group 1 the other, whose order was turned round.
    @Test
    void shares_threeJudgesOfOnePair_areAsByHand() {
        var shares = PairAgreement.of(three(3).pair(0, 0, 1, 1, 0, 0, 1)
                        .pair(0, 0, 1, 1, 1, 0, 1)
                        .pair(0, 1, 0, 1, 2, 1, 1)
                        .build())
                .shares(once(3));
        assertThat(shares.within()[0]).isEqualTo(1);
        assertThat(shares.within()[1]).as("one judge alone").isNaN();
        assertThat(shares.everyone()).as("1 of 3 couples").isCloseTo(1.0 / 3, within(1e-12));
        assertThat(shares.between()).isZero();
        assertThat(shares.pairs()).isEqualTo(1);
    }

    @Test
    void shares_tiesAgreeWithTiesOnly() {
        var shares = PairAgreement.of(three(3).pair(0, 0, 1, 0.5, 0, 0, 1)
                        .pair(0, 1, 0, 0.5, 1, 0, 1)
                        .pair(0, 0, 2, 0.5, 0, 0, 1)
                        .pair(0, 0, 2, 1, 1, 0, 1)
                        .build())
                .shares(once(3));
        assertThat(shares.everyone()).isEqualTo(0.5);
    }

    @Test
    void shares_oneJudgeWhoRepeatsHerself_isNoAgreement() {
        var pairs = three(2).pair(0, 0, 1, 1, 0, 0, 1).pair(0, 0, 1, 1, 0, 0, 1).build();
        assertThat(PairAgreement.of(pairs).shares(once(2)).everyone()).isNaN();
        assertThat(PairAgreement.of(pairs).shares(new double[] {3, 0}).everyone())
                .isNaN();
        var answered =
                three(2).pair(0, 0, 1, 1, 0, 0, 1).pair(0, 0, 1, 0, 1, 0, 1).build();
        assertThat(PairAgreement.of(answered).shares(new double[] {3, 1}).everyone())
                .isZero();
    }

    /// Judges who answer by lot agree half of the time, within and between groups.
    @Test
    void shares_answersByLot_areAboutOneHalf() {
        var random = new Random(7);
        var builder = Pairs.builder(new int[] {6, 6, 6}, 60, 2);
        for (int judge = 0; judge < 60; judge++) {
            for (int n = 0; n < 40; n++) {
                int first = random.nextInt(6);
                int second = (first + 1 + random.nextInt(5)) % 6;
                builder.pair(random.nextInt(3), first, second, random.nextInt(2), judge, judge % 2, 1);
            }
        }
        var shares = PairAgreement.of(builder.build()).shares(once(60));
        assertThat(shares.within()[0]).isCloseTo(0.5, within(0.05));
        assertThat(shares.within()[1]).isCloseTo(0.5, within(0.05));
        assertThat(shares.between()).isCloseTo(0.5, within(0.05));
        assertThat(shares.everyone()).isCloseTo(0.5, within(0.05));
        assertThat(shares.pairs()).isEqualTo(45);
    }

    @Test
    void shares_nothingCompared_areNoNumbers() {
        var shares = PairAgreement.of(three(1).build()).shares(once(1));
        assertThat(shares.everyone()).isNaN();
        assertThat(shares.between()).isNaN();
        assertThat(shares.pairs()).isZero();
    }
}
