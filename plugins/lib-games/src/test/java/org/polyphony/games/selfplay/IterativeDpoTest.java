package org.polyphony.games.selfplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.games.RandomGames;

class IterativeDpoTest {

    // at the optimum every candidate wins as often under the model as it does under P
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 20})
    void advance_fittedScores_predictTheWinRates(int k) {
        var random = new SplittableRandom(k);
        for (int n = 0; n < 20; n++) {
            double[] p = RandomGames.DENSE.next(random, k);
            var iterate = iterate(p, k);
            iterate.become(random.doubles(k, -12, 0).toArray());
            double[] policy = iterate.policy().clone();
            double[] before = iterate.logPolicy().clone();

            new IterativeDpo(4).advance(iterate);

            for (int i = 0; i < k; i++) {
                double surplus = 0;
                for (int j = 0; j < k; j++) {
                    double f = iterate.logPolicy()[i] - before[i] - iterate.logPolicy()[j] + before[j];
                    surplus += policy[j] * (p[i * k + j] - 1 / (1 + Math.exp(-f)));
                }
                assertThat(surplus).isCloseTo(0, within(1e-11));
            }
        }
    }

    @Test
    void advance_bradleyTerryPreferences_movesByTheScores() {
        double[] scores = {0.3, -1.2, 2.0, 0.7};
        double[] p = new double[16];
        Arrays.setAll(p, n -> 1 / (1 + Math.exp(scores[n % 4] - scores[n / 4])));
        var iterate = iterate(p, 4);

        new IterativeDpo(4).advance(iterate);

        for (int i = 1; i < 4; i++) {
            assertThat(iterate.logPolicy()[i] - iterate.logPolicy()[0]).isCloseTo(scores[i] - scores[0], within(1e-12));
        }
    }

    @Test
    void advance_smallMargins_isMwuAtTheSameStep() {
        double[] p = RandomGames.INDIFFERENT.next(new SplittableRandom(1), 5);
        var dpo = iterate(p, 5);
        var mwu = iterate(p, 5);
        for (int n = 0; n < 100; n++) {
            new IterativeDpo(0.5).advance(dpo);
            new Mwu(0.5).advance(mwu);
        }

        assertThat(dpo.policy()).containsExactly(mwu.policy(), within(1e-14));
    }

    @Test
    void advance_certainPreferences_staysFiniteAndFreezes() {
        double[] p = {0.5, 1, 1, 0, 0.5, 1, 0, 0, 0.5};

        var outcome = SelfPlaySolver.of(new IterativeDpo(1), 1e-9, 500).solve(p, 3, new double[3]);

        assertThat(outcome.policy()[0]).isCloseTo(1, within(1e-6));
        assertThat(Arrays.stream(outcome.policy())).allMatch(Double::isFinite);
    }

    private static Iterate iterate(double[] p, int k) {
        var a = new double[k * k];
        Arrays.setAll(a, n -> p[n] - 0.5);
        var uniform = new double[k];
        Arrays.fill(uniform, -Math.log(k));
        return new Iterate(a, k, uniform);
    }
}
