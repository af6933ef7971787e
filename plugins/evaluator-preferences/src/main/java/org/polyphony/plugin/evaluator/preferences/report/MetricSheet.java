package org.polyphony.plugin.evaluator.preferences.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.polyphony.preferences.score.Interval;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.evaluation.Metric;

/// Metrics and sentences in the order in which they are found; confined to one thread.
///
/// A value that is not a number is left out: a missing figure is missing, never zero.
public final class MetricSheet {
    private static final double ROUNDING = 1e-12;

    private final List<Metric> metrics = new ArrayList<>();
    private final List<Headline> found = new ArrayList<>();

    /// Adds a number.
    public void add(String name, Map<String, String> labels, double value, long count, String unit) {
        if (Double.isFinite(value)) {
            metrics.add(Metric.of(name, labels, value, count, unit));
        }
    }

    /// Adds a number with its 95 % interval, where it has one.
    public void add(String name, Map<String, String> labels, Interval interval, long count, String unit) {
        if (!Double.isFinite(interval.value())) {
            return;
        }
        Metric metric = Metric.of(name, labels, interval.value(), count, unit);
        // an interval of zero width says more than is known; sums in other orders make one of 1e-16
        double width = interval.high() - interval.low();
        boolean bounded = Double.isFinite(width) && width > ROUNDING * Math.max(1, Math.abs(interval.value()));
        metrics.add(bounded ? metric.withInterval(interval.low(), interval.high()) : metric);
    }

    /// Adds a sentence.
    public void find(String code, Map<String, String> labels, String text) {
        found.add(Headline.of(code, labels, text));
    }

    /// All numbers that were added.
    public List<Metric> metrics() {
        return List.copyOf(metrics);
    }

    /// All sentences that were added.
    public List<Headline> found() {
        return List.copyOf(found);
    }

    /// Labels with one more.
    public static Map<String, String> with(Map<String, String> labels, String name, String value) {
        Map<String, String> more = new TreeMap<>(labels);
        more.put(name, value);
        return more;
    }

    /// Labels with two more.
    public static Map<String, String> with(
            Map<String, String> labels, String name, String value, String other, String otherValue) {
        return with(with(labels, name, value), other, otherValue);
    }
}
