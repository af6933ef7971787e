package org.polyphony.preferences.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class IntervalTest {
    @Test
    void of95_holdsTheMiddleNinetyFivePercent() {
        double[] values = new double[1001];
        Arrays.setAll(values, i -> 1000 - i);
        Interval interval = Interval.of95(7, values);
        assertThat(interval.value()).isEqualTo(7);
        assertThat(interval.low()).isCloseTo(25, within(1e-9));
        assertThat(interval.high()).isCloseTo(975, within(1e-9));
        assertThat(values[0]).as("not sorted in place").isEqualTo(1000);
    }

    @Test
    void of95_betweenTwoValues_isInterpolated() {
        Interval interval = Interval.of95(0, new double[] {0, 1});
        assertThat(interval.low()).isCloseTo(0.025, within(1e-12));
        assertThat(interval.high()).isCloseTo(0.975, within(1e-12));
    }

    @Test
    void excludesZero_touchingZero_doesNot() {
        assertThat(new Interval(1, 0, 2).excludesZero()).isFalse();
        assertThat(new Interval(-1, -2, 0).excludesZero()).isFalse();
        assertThat(new Interval(1, 0.1, 2).excludesZero()).isTrue();
        assertThat(new Interval(-1, -2, -0.1).excludesZero()).isTrue();
    }
}
