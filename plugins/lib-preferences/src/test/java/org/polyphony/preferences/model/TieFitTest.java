package org.polyphony.preferences.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.preferences.Parallel;

/// Models of ties fitted to one item: derivatives by differences, and the shares that two candidates were given.
class TieFitTest {
    private static final int K = 4;

    private static Pairs answers(long seed, int judgments, int candidates) {
        SplittableRandom random = new SplittableRandom(seed);
        PairsBuilder builder = Pairs.builder(new int[] {2, candidates}, 1, 0);
        for (int n = 0; n < judgments; n++) {
            int i = random.nextInt(candidates);
            int j = (i + 1 + random.nextInt(candidates - 1)) % candidates;
            // the lower index is better, a third are ties
            double y = random.nextInt(3) == 0 ? 0.5 : (i < j) == random.nextInt(5) > 0 ? 1 : 0;
            builder.pair(1, i, j, y, 0, Pairs.NO_GROUP, 1 + random.nextInt(3));
        }
        return builder.build();
    }

    @ParameterizedTest
    @EnumSource(TieCurve.class)
    void derivatives_atARandomPoint_agreeWithDifferences(TieCurve curve) {
        TieCounts counts = TieCounts.of(answers(1, 60, K))[1];
        double[] x = {0.3, -0.2, 0.8, 0.1, 0.4};
        int size = K + 1;
        double[] gradient = new double[size];
        double[] hessian = new double[size * size];
        TieFit.derivatives(curve, counts, 0.7, x, gradient, hessian);
        double h = 1e-5;
        for (int a = 0; a < size; a++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[a] += h;
            down[a] -= h;
            assertThat(gradient[a])
                    .isCloseTo(
                            (TieFit.objective(curve, counts, 0.7, up) - TieFit.objective(curve, counts, 0.7, down))
                                    / (2 * h),
                            within(1e-5));
            double[] above = new double[size];
            double[] below = new double[size];
            TieFit.derivatives(curve, counts, 0.7, up, above, new double[size * size]);
            TieFit.derivatives(curve, counts, 0.7, down, below, new double[size * size]);
            for (int b = 0; b < size; b++) {
                assertThat(hessian[a * size + b]).isCloseTo((above[b] - below[b]) / (2 * h), within(1e-5));
            }
        }
    }

    /// −ln p of what was said, and λ/2 of the squares; the tie parameter has no penalty.
    @ParameterizedTest
    @EnumSource(TieCurve.class)
    void objective_isTheDefinition(TieCurve curve) {
        TieCounts counts = TieCounts.of(answers(2, 40, K))[1];
        double[] x = {0.3, -0.2, 0.8, 0.1, 0.4};
        double expected = 0.7 / 2 * (0.09 + 0.04 + 0.64 + 0.01);
        for (int e = 0; e < counts.size(); e++) {
            double[] p = curve.probabilities(x[counts.low()[e]] - x[counts.high()[e]], x[K]);
            expected -= counts.lowWins()[e] * Math.log(p[0])
                    + counts.ties()[e] * Math.log(p[1])
                    + counts.highWins()[e] * Math.log(p[2]);
        }
        assertThat(TieFit.objective(curve, counts, 0.7, x)).isCloseTo(expected, within(1e-10));
    }

    @ParameterizedTest
    @EnumSource(TieCurve.class)
    void fit_ofRandomAnswers_leavesNoDerivative(TieCurve curve) {
        for (long seed = 0; seed < 10; seed++) {
            TieCounts counts = TieCounts.of(answers(seed, 200, K))[1];
            double ridge = seed % 2 == 0 ? 0.01 : 2;
            double[] x = TieFit.fit(curve, counts, ridge);
            double[] gradient = new double[K + 1];
            TieFit.derivatives(curve, counts, ridge, x, gradient, new double[(K + 1) * (K + 1)]);
            assertThat(gradient).containsExactly(new double[K + 1], within(1e-5));
        }
        assertThatThrownBy(() -> TieFit.fit(curve, TieCounts.of(answers(1, 5, 3))[1], 0))
                .hasMessageContaining("ridge 0.0");
    }

    /// Two candidates have as many parameters as shares: without a ridge the model says what was said.
    @ParameterizedTest
    @EnumSource(
            value = TieModel.Kind.class,
            names = {"DAVIDSON", "RAO_KUPPER"})
    void fit_twoCandidates_isTheirShares(TieModel.Kind kind) {
        Pairs pairs = Pairs.builder(new int[] {3, 2}, 1, 0)
                .pair(1, 1, 0, 0, 0, Pairs.NO_GROUP, 500)
                .pair(1, 0, 1, 0.5, 0, Pairs.NO_GROUP, 300)
                .pair(1, 0, 1, 0, 0, Pairs.NO_GROUP, 200)
                .build();
        TieModel model = TieModel.fit(kind, pairs, 1e-6, Parallel.SEQUENTIAL);

        assertThat(model.probabilities(1, 0, 1)).containsExactly(new double[] {0.5, 0.3, 0.2}, within(1e-6));
        assertThat(model.probabilities(1, 1, 0)).containsExactly(new double[] {0.2, 0.3, 0.5}, within(1e-6));
        assertThat(model.expectedScore(1, 0, 1)).isCloseTo(0.65, within(1e-6));
    }

    /// The item's tie rate, shared evenly or as those who decided did: 5 to 2.
    @ParameterizedTest
    @EnumSource(
            value = TieModel.Kind.class,
            names = {"CONSTANT", "BRADLEY_TERRY"})
    void fit_rateOfTheItem_isSplit(TieModel.Kind kind) {
        Pairs pairs = Pairs.builder(new int[] {2, 2}, 1, 0)
                .pair(0, 0, 1, 1, 0, Pairs.NO_GROUP, 5)
                .pair(0, 0, 1, 0.5, 0, Pairs.NO_GROUP, 3)
                .pair(0, 0, 1, 0, 0, Pairs.NO_GROUP, 2)
                .build();
        TieModel model = TieModel.fit(kind, pairs, 1e-9, Parallel.SEQUENTIAL);
        double first = kind == TieModel.Kind.CONSTANT ? 0.35 : 0.5;

        assertThat(model.probabilities(0, 0, 1)).containsExactly(new double[] {first, 0.3, 0.7 - first}, within(1e-7));
        assertThat(model.probabilities(1, 0, 1)).containsExactly(new double[] {0.5, 0, 0.5}, within(1e-9));
    }
}
