package org.polyphony.plugin.evaluator.preferences.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.polyphony.preferences.score.Interval;

/// Better or worse is said only where judges and items both say so.
final class DifferenceTest {
    private static final Interval ABOVE = new Interval(0.1, 0.05, 0.2);
    private static final Interval BELOW = new Interval(-0.1, -0.2, -0.05);
    private static final Interval ACROSS = new Interval(0.1, -0.05, 0.2);

    private static String said(Interval byJudges, Interval byItems) {
        return new PolicyComparison.Difference(byJudges, byItems).sentence("uniform");
    }

    @Test
    void sentence_oneIntervalHoldsZero_isNotToldApart() {
        assertThat(said(ABOVE, ACROSS)).contains("not told apart").doesNotContain("better");
        assertThat(said(ACROSS, ABOVE)).contains("not told apart").doesNotContain("better");
        assertThat(said(ABOVE, new Interval(0.1, Double.NaN, Double.NaN))).contains("not told apart");
    }

    @Test
    void sentence_bothExcludeZero_isBetterOrWorse() {
        assertThat(said(ABOVE, ABOVE)).contains("better");
        assertThat(said(BELOW, BELOW)).contains("worse");
    }
}
