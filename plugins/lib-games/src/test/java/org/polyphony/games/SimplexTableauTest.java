package org.polyphony.games;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimplexTableauTest {

    // the fallback rule is hardly ever reached from the outside, so it is driven here from the first pivot
    @ParameterizedTest
    @EnumSource(RandomGames.class)
    void optimise_blandFromTheStart_isOptimal(RandomGames kind) {
        var random = new SplittableRandom(9);
        var tableau = new SimplexTableau();
        for (int n = 0; n < 5_000; n++) {
            int k = 1 + random.nextInt(12);
            var a = new double[k * k];
            double unit = Skew.payoff(kind.next(random, k), 0, k, a);
            load(tableau, a, k, Skew.scale(unit));

            boolean optimal = tableau.optimise(0, 5_000);

            var policy = new double[k];
            tableau.columnStrategy(policy);
            assertThat(optimal).as("game %d", n).isTrue();
            if (kind != RandomGames.NEAR_DUPLICATES) { // those are for the extended tableau
                assertThat(Skew.exploitability(a, k, policy)).as("game %d", n).isBetween(-1e-15, 1e-11 * unit);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RandomGames.class)
    void optimise_limitOfOnePivot_saysSo(RandomGames kind) {
        var tableau = new SimplexTableau();
        var random = new SplittableRandom(1);
        int stopped = 0;
        for (int n = 0; n < 100; n++) {
            var a = new double[49];
            double unit = Skew.payoff(kind.next(random, 7), 0, 7, a);
            load(tableau, a, 7, Skew.scale(unit));
            stopped += tableau.optimise(100, 1) ? 0 : 1;
        }
        assertThat(stopped).isPositive();
    }

    private static void load(SimplexTableau tableau, double[] a, int k, double scale) {
        tableau.reset(k, k);
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                tableau.row(i)[j] = 1 + a[i * k + j] * scale;
            }
        }
    }
}
