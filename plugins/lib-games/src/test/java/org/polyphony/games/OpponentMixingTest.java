package org.polyphony.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// λ by hand: every row is a distribution over the others, whatever the weights add up to.
class OpponentMixingTest {

    @Test
    void matrix_byWeight_isEachOthersShareOfWhatTheOthersWeigh() {
        double[] expected = {0, 0.6, 0.4, 5.0 / 7, 0, 2.0 / 7, 5.0 / 8, 3.0 / 8, 0};

        assertThat(OpponentMixing.BY_WEIGHT.matrix(new double[] {0.5, 0.3, 0.2}))
                .containsExactly(expected, within(1e-15));
        assertThat(OpponentMixing.BY_WEIGHT.matrix(new double[] {50, 30, 20})).containsExactly(expected, within(1e-15));
    }

    @Test
    void matrix_byWeightWhereTheOthersWeighNothing_isEven() {
        assertThat(OpponentMixing.BY_WEIGHT.matrix(new double[] {1, 0, 0}))
                .containsExactly(new double[] {0, 0.5, 0.5, 1, 0, 0, 1, 0, 0}, within(1e-15));
    }

    @Test
    void matrix_uniform_looksAtNoWeight() {
        double third = 1.0 / 3;

        assertThat(OpponentMixing.UNIFORM.matrix(new double[] {0.7, 0.1, 0.1, 0.1}))
                .containsExactly(
                        new double[] {
                            0, third, third, third, third, 0, third, third, third, third, 0, third, third, third, third,
                            0
                        },
                        within(1e-15));
    }
}
