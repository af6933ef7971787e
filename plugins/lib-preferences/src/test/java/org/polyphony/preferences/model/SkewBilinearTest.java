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
    void valueAndGradient_atARandomPoint_agreeWithDifferences() {
        WinCounts counts = BradleyTerryTest.random(5, 50, 21);
        double[] x = BradleyTerryTest.vector(25, 22);
        double[] centre = BradleyTerryTest.vector(25, 23);
        double[] gradient = new double[25];
        SkewBilinearFit.valueAndGradient(counts, x, 4, centre, 0.3, 2, gradient);
        double h = 1e-6;
        for (int i = 0; i < 25; i++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[i] += h;
            down[i] -= h;
            double slope = (SkewBilinearFit.valueAndGradient(counts, up, 4, centre, 0.3, 2, new double[25])
                            - SkewBilinearFit.valueAndGradient(counts, down, 4, centre, 0.3, 2, new double[25]))
                    / (2 * h);
            assertThat(gradient[i]).isCloseTo(slope, within(1e-6));
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
