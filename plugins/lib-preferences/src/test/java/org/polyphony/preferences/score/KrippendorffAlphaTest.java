package org.polyphony.preferences.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.polyphony.preferences.score.KrippendorffAlpha.Scale;

class KrippendorffAlphaTest {

    /// Four observers, twelve units, 0 where there is no value: the example of K. Krippendorff, Computing
    /// Krippendorff's Alpha-Reliability (2011), section C, whose alphas are printed there to three digits.
    private static final int[][] OBSERVERS = {
        {1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0},
        {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3},
        {0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0},
        {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0}
    };

    private static KrippendorffAlpha of(Scale scale, int[][] observers) {
        int units = observers[0].length;
        int n = (int) Arrays.stream(observers)
                .flatMapToInt(Arrays::stream)
                .filter(v -> v > 0)
                .count();
        int[] unit = new int[n];
        int[] judge = new int[n];
        double[] value = new double[n];
        int at = 0;
        for (int j = 0; j < observers.length; j++) {
            for (int u = 0; u < units; u++) {
                if (observers[j][u] > 0) {
                    unit[at] = u;
                    judge[at] = j;
                    value[at++] = observers[j][u];
                }
            }
        }
        return KrippendorffAlpha.of(scale, units, unit, judge, value);
    }

    private static double[] once(int judges) {
        double[] weights = new double[judges];
        Arrays.fill(weights, 1);
        return weights;
    }

    /// Judge 0 changes her mind about unit 1 and repeats herself about unit 0: what she said first counts.
    @Test
    void values_ofOneJudgeAboutOneUnit_countOnce() {
        int[] unit = {0, 1, 0, 1, 2, 2, 1, 0};
        int[] judge = {0, 0, 1, 1, 0, 1, 0, 0};
        double[] value = {1, 2, 1, 2, 3, 1, 4, 1};
        var agreement = KrippendorffAlpha.of(Scale.NOMINAL, 3, unit, judge, value);

        assertThat(agreement.alpha(once(2)))
                .isEqualTo(of(Scale.NOMINAL, new int[][] {{1, 2, 3}, {1, 2, 1}}).alpha(once(2)));
        assertThat(agreement.units()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"NOMINAL, 0.743", "ORDINAL, 0.815", "INTERVAL, 0.849"})
    void alpha_publishedExample_isAsPrinted(Scale scale, double expected) {
        var agreement = of(scale, OBSERVERS);
        assertThat(agreement.alpha(once(4))).isCloseTo(expected, within(5e-4));
        assertThat(agreement.units()).as("the last has one value").isEqualTo(11);
    }

    @ParameterizedTest
    @EnumSource(Scale.class)
    void alpha_answersByLot_isAboutZero(Scale scale) {
        var random = new Random(5);
        int[][] observers = new int[6][400];
        for (int[] observer : observers) {
            Arrays.setAll(observer, u -> 1 + random.nextInt(4));
        }
        assertThat(of(scale, observers).alpha(once(6))).isCloseTo(0, within(0.05));
    }

    @Test
    void alpha_aJudgeWhoIsLeftOut_isNotCounted() {
        int[][] three = Arrays.copyOf(OBSERVERS, 3);
        assertThat(of(Scale.NOMINAL, OBSERVERS).alpha(new double[] {1, 1, 1, 0}))
                .isCloseTo(of(Scale.NOMINAL, three).alpha(once(3)), within(1e-12));
    }

    /// A judge drawn twice agrees with herself, which is no evidence.
    @Test
    void alpha_aJudgeDrawnTwice_isNotComparedWithHerself() {
        int[][] two = {{1, 2, 1, 2}, {2, 1, 2, 1}};
        assertThat(of(Scale.NOMINAL, two).alpha(new double[] {2, 0})).isNaN();
        assertThat(of(Scale.NOMINAL, two).alpha(new double[] {2, 1})).isNegative();
    }

    @Test
    void alpha_nothingToTellApart_isNoNumber() {
        assertThat(of(Scale.NOMINAL, new int[][] {{1, 1}, {1, 1}}).alpha(once(2)))
                .isNaN();
        assertThat(of(Scale.INTERVAL, new int[][] {{1, 0}, {0, 2}}).alpha(once(2)))
                .isNaN();
    }
}
