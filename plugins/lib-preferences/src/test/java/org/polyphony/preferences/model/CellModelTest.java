package org.polyphony.preferences.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Items of four, one and three candidates, all ordered pairs as cells: the fit is where no derivative is left.
class CellModelTest {
    private static final int[] COORDINATES = {0, 4, 5, 8};
    private static final int CELLS = 12 + 6;
    private static final double[] NONE = new double[0];

    private final int[] first = new int[CELLS];
    private final int[] second = new int[CELLS];
    private final CellModel model;

    CellModelTest() {
        int[] cells = new int[4];
        int cell = 0;
        for (int item = 0; item < 3; item++) {
            for (int i = COORDINATES[item]; i < COORDINATES[item + 1]; i++) {
                for (int k = COORDINATES[item]; k < COORDINATES[item + 1]; k++) {
                    if (i != k) {
                        first[cell] = i;
                        second[cell++] = k;
                    }
                }
            }
            cells[item + 1] = cell;
        }
        model = new CellModel(COORDINATES, cells, first, second);
    }

    private static double[][] answers(long seed, int most) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] n = new double[CELLS];
        double[] y = new double[CELLS];
        for (int c = 0; c < CELLS; c++) {
            n[c] = c % 5 == 3 ? 0 : random.nextInt(most);
            y[c] = n[c] == 0 ? 0 : random.nextInt((int) n[c] + 1) * 0.9 + 0.05 * n[c];
        }
        return new double[][] {n, y};
    }

    /// The largest derivative of the objective, from its definition.
    private double left(CellModel.Fit fit, double[] n, double[] y, double[] offset, double ridge, boolean position) {
        double[] gradient = new double[8];
        double byPosition = 0;
        for (int i = 0; i < 8; i++) {
            gradient[i] = ridge * fit.theta()[i];
        }
        for (int c = 0; c < CELLS; c++) {
            double eta = fit.theta()[first[c]] - fit.theta()[second[c]] + fit.position();
            double residual = n[c] / (1 + Math.exp(-eta - (offset.length == 0 ? 0 : offset[c]))) - y[c];
            gradient[first[c]] += residual;
            gradient[second[c]] -= residual;
            byPosition += residual;
        }
        double largest = position ? Math.abs(byPosition) : 0;
        for (double g : gradient) {
            largest = Math.max(largest, Math.abs(g));
        }
        return largest;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void fit_ofRandomAnswers_leavesNoDerivative(long seed) {
        double[][] answers = answers(seed, 9);
        double[] offset = BradleyTerryTest.vector(CELLS, seed + 50);
        for (boolean position : new boolean[] {true, false}) {
            for (double ridge : new double[] {0.05, 1, 40}) {
                var plain = model.fit(answers[0], answers[1], NONE, ridge, position, model.start());
                assertThat(left(plain, answers[0], answers[1], NONE, ridge, position))
                        .isLessThan(1e-7);
                var with = model.fit(answers[0], answers[1], offset, ridge, position, model.start());
                assertThat(left(with, answers[0], answers[1], offset, ridge, position))
                        .isLessThan(1e-7);
                assertThat(plain.position() == 0).isEqualTo(!position);
                assertThat(plain.theta()[4]).as("a candidate alone").isZero();
            }
        }
    }

    /// Steps from far away are searched along; full ones would run off.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void fit_fromFarAway_isTheSame(long seed) {
        double[][] answers = answers(seed, 200);
        var near = model.fit(answers[0], answers[1], NONE, 0.01, true, model.start());
        double[] far = {30, -30, 20, -20, 0, 25, -25, 0};
        var fit = model.fit(answers[0], answers[1], NONE, 0.01, true, new CellModel.Fit(far, -15));

        assertThat(left(fit, answers[0], answers[1], NONE, 0.01, true)).isLessThan(1e-6);
        assertThat(fit.theta()).containsExactly(near.theta(), within(1e-8));
        assertThat(fit.position()).isCloseTo(near.position(), within(1e-8));
    }

    /// A fit without a position effect does not begin with one.
    @Test
    void fit_startWithPosition_isLeftOutOnRequest() {
        double[][] answers = answers(2, 9);
        var start = new CellModel.Fit(new double[8], 3);

        assertThat(model.fit(answers[0], answers[1], NONE, 1, false, start).position())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void fit_everybodyNamesTheSamePlace_staysFinite(int place) {
        double[] n = new double[CELLS];
        double[] y = new double[CELLS];
        java.util.Arrays.fill(n, 1e6);
        java.util.Arrays.fill(y, place * 1e6);
        var fit = model.fit(n, y, NONE, 1, true, model.start());

        assertThat(fit.position()).isBetween(place == 1 ? 10.0 : -20.0, place == 1 ? 20.0 : -10.0);
        assertThat(fit.theta()).containsExactly(new double[8], within(1e-6));
    }

    @Test
    void logits_ofAFit_areDifferencesAndThePosition() {
        double[] theta = {1, 2, 3, 4, 5, 6, 8, 11};
        double[] logits = model.logits(new CellModel.Fit(theta, 0.5));

        assertThat(logits[0]).isEqualTo(1 - 2 + 0.5);
        assertThat(logits[CELLS - 1]).isEqualTo(11 - 8 + 0.5);
        assertThat(logits[12]).isEqualTo(6 - 8 + 0.5);
    }

    @Test
    void fit_withoutARidge_isRefused() {
        double[][] answers = answers(1, 9);
        assertThatThrownBy(() -> model.fit(answers[0], answers[1], NONE, 0, true, model.start()))
                .hasMessageContaining("ridge 0.0");
    }
}
