package org.polyphony.games;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExactMatrixGameTest {

    @Test
    void columnStrategy_rationalEquilibrium_isRoundedOnce() {
        // a > b by 7, b > c by 3, c > a by 5 voters of 15
        double[] payoff = {0, 7, -5, -7, 0, 3, 5, -3, 0};

        var exact = new ExactMatrixGame(payoff, 3, 3);

        assertThat(exact.columnStrategy()).containsExactly(3 / 15.0, 5 / 15.0, 7 / 15.0);
        assertThat(exact.rowStrategy()).containsExactly(3 / 15.0, 5 / 15.0, 7 / 15.0);
    }

    @Test
    void columnStrategy_extremeExponents_isExact() {
        double tiny = Double.MIN_VALUE;

        assertThat(new ExactMatrixGame(new double[] {tiny, 0, 0, tiny}, 2, 2).columnStrategy())
                .containsExactly(0.5, 0.5);
        assertThat(new ExactMatrixGame(new double[] {1e300, 0, 0, 1e300}, 2, 2).columnStrategy())
                .containsExactly(0.5, 0.5);
    }

    @ParameterizedTest
    @EnumSource(RandomGames.class)
    void columnStrategy_everyKindOfGame_agreesWithTheTableauOnTheGap(RandomGames kind) {
        var random = new SplittableRandom(2);
        for (int n = 0; n < 100; n++) {
            int k = 2 + random.nextInt(7);
            var a = new double[k * k];
            Skew.payoff(kind.next(random, k), 0, k, a);

            assertThat(Skew.exploitability(a, k, new ExactMatrixGame(a, k, k).columnStrategy()))
                    .isBetween(-1e-16, 1e-16);
        }
    }
}
