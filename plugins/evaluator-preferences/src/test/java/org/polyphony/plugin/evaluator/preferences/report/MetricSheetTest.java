package org.polyphony.plugin.evaluator.preferences.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.polyphony.preferences.score.Interval;
import org.polyphony.spi.evaluation.Metric;

final class MetricSheetTest {
    private static Metric added(double value, double low, double high) {
        MetricSheet sheet = new MetricSheet();
        sheet.add("loss", Map.of(), new Interval(value, low, high), 3, "nats");
        return sheet.metrics().getFirst();
    }

    @Test
    void interval_ofSomeWidth_isKept() {
        assertThat(added(0.5, 0.4, 0.6))
                .isEqualTo(Metric.of("loss", Map.of(), 0.5, 3, "nats").withInterval(0.4, 0.6));
    }

    /// The loss of a constant is the same under every draw, but for the order in which it was summed.
    @Test
    void interval_ofNoWidthButRounding_isNone() {
        double value = Math.log(2);
        Metric plain = Metric.of("loss", Map.of(), value, 3, "nats");

        assertThat(added(value, value, value)).isEqualTo(plain);
        assertThat(added(value, value - 2e-16, value + 4e-16)).isEqualTo(plain);
        assertThat(added(1e6, 1e6 - 1e-9, 1e6 + 1e-9)).isEqualTo(Metric.of("loss", Map.of(), 1e6, 3, "nats"));
    }

    @Test
    void value_thatIsNoNumber_isLeftOut() {
        MetricSheet sheet = new MetricSheet();
        sheet.add("loss", Map.of(), new Interval(Double.NaN, 0, 1), 3, "nats");
        sheet.add("loss", Map.of(), Double.POSITIVE_INFINITY, 3, "nats");

        assertThat(sheet.metrics()).isEmpty();
        assertThat(added(0.5, Double.NaN, Double.NaN)).isEqualTo(Metric.of("loss", Map.of(), 0.5, 3, "nats"));
    }
}
