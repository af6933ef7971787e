package org.polyphony.plugin.evaluator.preferences.fit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.polyphony.preferences.score.Interval;

final class VerdictTest {
    private static final double NEGLIGIBLE = 0.002;

    private static Verdict verdict(double low, double gain, double accuracyLow, double placeboHigh) {
        Gain measured =
                new Gain(new Interval(gain, low, 2 * gain - low), new Interval(0.01, accuracyLow, 0.02 - accuracyLow));
        return Verdict.of(100, 10, measured, gain, placeboHigh, NEGLIGIBLE);
    }

    @Test
    void of_intervalContainsZero_isNoMeasurableDifference() {
        assertThat(verdict(-0.001, 0.03, 0.005, 0)).isEqualTo(Verdict.NO_MEASURABLE_DIFFERENCE);
        assertThat(verdict(0, 0, 0.005, -1)).isEqualTo(Verdict.NO_MEASURABLE_DIFFERENCE);
    }

    @Test
    void of_placeboGainsAsMuch_isNoMeasurableDifference() {
        assertThat(verdict(0.01, 0.03, 0.005, 0.03)).isEqualTo(Verdict.NO_MEASURABLE_DIFFERENCE);
    }

    @Test
    void of_smallGain_isNegligible() {
        assertThat(verdict(0.001, 0.0019, 0.005, 0)).isEqualTo(Verdict.NEGLIGIBLE);
    }

    @Test
    void of_noAccuracyGained_isNegligible() {
        assertThat(verdict(0.01, 0.03, -0.001, 0)).isEqualTo(Verdict.NEGLIGIBLE);
        assertThat(Verdict.NEGLIGIBLE.namesGroups()).isFalse();
    }

    @Test
    void of_gainInBoth_isDifferent() {
        assertThat(verdict(0.01, 0.03, 0.005, 0.001)).isEqualTo(Verdict.DIFFERENT);
        assertThat(Verdict.DIFFERENT.namesGroups()).isTrue();
    }

    @Test
    void of_fewJudgesOrNothingMeasured_isTooFew() {
        Gain gain = new Gain(new Interval(0.1, 0.05, 0.2), new Interval(0.1, 0.05, 0.2));
        assertThat(Verdict.of(9, 10, gain, 0.1, 0, NEGLIGIBLE)).isEqualTo(Verdict.TOO_FEW_JUDGES);
        Gain nothing = new Gain(
                new Interval(Double.NaN, Double.NaN, Double.NaN), new Interval(Double.NaN, Double.NaN, Double.NaN));
        assertThat(Verdict.of(99, 10, nothing, Double.NaN, 0, NEGLIGIBLE)).isEqualTo(Verdict.TOO_FEW_JUDGES);
    }
}
