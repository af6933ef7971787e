package org.polyphony.preferences.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;

class SkewBilinearTest {
    @Test
    void fit_rockPaperScissors_findsTheCycleThatBradleyTerryCannot() {
        Pairs pairs = rockPaperScissors(40);
        StrengthsModel cyclic = new ModelSpec.SkewBilinear(1, 0.3, 0.3, 30, Ties.DROP).fit(pairs, Parallel.SEQUENTIAL);
        StrengthsModel transitive = new ModelSpec.Population(0.3, Ties.DROP).fit(pairs, Parallel.SEQUENTIAL);
        for (int i = 0; i < 3; i++) {
            int beaten = (i + 1) % 3;
            assertThat(transitive.probability(0, -1, i, beaten)).isCloseTo(0.5, within(1e-9));
            assertThat(cyclic.probability(0, -1, i, beaten)).isCloseTo(0.8, within(0.02));
            assertThat(cyclic.probability(0, -1, beaten, i) + cyclic.probability(0, -1, i, beaten))
                    .isCloseTo(1, within(1e-15));
        }
    }

    @Test
    void fit_underAStrongPlaneRidge_isBradleyTerry() {
        Pairs pairs = rockPaperScissors(40);
        StrengthsModel cyclic = new ModelSpec.SkewBilinear(1, 0.3, 1000, 30, Ties.DROP).fit(pairs, Parallel.SEQUENTIAL);
        assertThat(cyclic.probability(0, -1, 0, 1)).isCloseTo(0.5, within(1e-4));
    }

    @Test
    void derivatives_atARandomPoint_agreeWithDifferences() {
        int n = 25;
        SkewBilinearLoss loss =
                new SkewBilinearLoss(BradleyTerryTest.random(5, 50, 21), 4, BradleyTerryTest.vector(n, 23), 0.3, 2);
        double[] x = BradleyTerryTest.vector(n, 22);
        double[] gradient = new double[n];
        double[] hessian = new double[n * n];
        loss.derivatives(x, gradient, hessian);
        double h = 1e-6;
        for (int i = 0; i < n; i++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[i] += h;
            down[i] -= h;
            assertThat(gradient[i]).isCloseTo((loss.value(up) - loss.value(down)) / (2 * h), within(1e-6));
            double[] gradientUp = new double[n];
            double[] gradientDown = new double[n];
            loss.derivatives(up, gradientUp, new double[n * n]);
            loss.derivatives(down, gradientDown, new double[n * n]);
            for (int j = 0; j <= i; j++) {
                assertThat(hessian[i * n + j]).isCloseTo((gradientUp[j] - gradientDown[j]) / (2 * h), within(1e-6));
            }
        }
    }

    @Test
    void fit_twoCandidates_hasNoPlanes() {
        Pairs pairs =
                Pairs.builder(new int[] {2, 1}, 1, 1).pair(0, 0, 1, 1, 0, 0, 3).build();
        StrengthsModel model = new ModelSpec.SkewBilinear(2, 0.3, 0.3, 5, Ties.DROP).fit(pairs, Parallel.SEQUENTIAL);
        assertThat(model.strengths(0, -1).planes()).isEqualTo(new double[4][2]);
        assertThat(model.probability(0, 0, 0, 1)).isGreaterThan(0.5);
    }

    private static Pairs rockPaperScissors(int each) {
        PairsBuilder builder = Pairs.builder(new int[] {3}, 1, 1);
        for (int n = 0; n < each; n++) {
            for (int i = 0; i < 3; i++) {
                builder.pair(0, i, (i + 1) % 3, n % 5 == 0 ? 0 : 1, 0, 0, 1);
            }
        }
        return builder.build();
    }
}
