package org.polyphony.plugin.evaluator.preferences.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.polyphony.spi.evaluation.Block;
import org.polyphony.spi.evaluation.Block.Column;
import org.polyphony.spi.evaluation.Block.Estimate;
import org.polyphony.spi.evaluation.Block.Row;
import org.polyphony.spi.evaluation.Metric;

/// What was measured, looked up by name and labels, and as cells, dots and rows of a section.
final class MetricTable {
    private static final int IN_WORDS = 8;

    private final List<Metric> metrics;

    MetricTable(List<Metric> metrics) {
        this.metrics = metrics;
    }

    /// All whose name passes and whose labels include these, in order.
    List<Metric> all(Predicate<String> name, Map<String, String> labels) {
        return metrics.stream()
                .filter(metric ->
                        name.test(metric.name()) && metric.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    /// All of a name about whole parts, none about a single item.
    List<Metric> whole(Predicate<String> name, Map<String, String> labels) {
        return all(name, labels).stream()
                .filter(metric -> !metric.labels().containsKey("item"))
                .toList();
    }

    /// The first of a name whose labels include these, of whatever item and stakeholder these do not name.
    Optional<Metric> first(String name, Map<String, String> labels) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(name)
                        && metric.labels().entrySet().containsAll(labels.entrySet())
                        && (labels.containsKey("stakeholder")
                                || !metric.labels().containsKey("stakeholder"))
                        && !metric.labels().containsKey("item"))
                .findFirst();
    }

    /// The parts in the order in which they were measured.
    List<String> parts() {
        return metrics.stream()
                .flatMap(metric -> Stream.ofNullable(metric.labels().get("partition")))
                .distinct()
                .toList();
    }

    /// A table of these: measure, of what, value, count, unit.
    static Block.Table table(String title, List<Metric> of) {
        return new Block.Table(
                title,
                List.of(text("measure"), text("of"), figure("value [95 %]"), figure("count"), text("unit")),
                of.stream()
                        .map(metric -> row(
                                metric.name(), labels(metric), interval(metric), count(metric.count()), metric.unit()))
                        .toList());
    }

    /// What it is of, without its part.
    static String labels(Metric metric) {
        return metric.labels().entrySet().stream()
                .filter(label -> !label.getKey().equals("partition"))
                .map(label -> label.getKey() + ": " + label.getValue())
                .collect(Collectors.joining(", "));
    }

    static Column text(String name) {
        return new Column(name, false);
    }

    static Column figure(String name) {
        return new Column(name, true);
    }

    static Row row(String... cells) {
        return new Row(List.of(cells));
    }

    static Estimate dot(String row, String series, Metric metric) {
        return new Estimate(row, series, metric.value(), metric.low(), metric.high());
    }

    /// Estimates in words, the first few of them.
    static String words(List<Estimate> estimates) {
        String first = estimates.stream()
                .limit(IN_WORDS)
                .map(estimate -> Stream.of(estimate.row(), estimate.series())
                                .filter(name -> !name.isEmpty())
                                .collect(Collectors.joining(", "))
                        + " " + number(estimate.value(), 3)
                        + (estimate.low().isPresent()
                                ? " [" + number(estimate.low().getAsDouble(), 3) + ", "
                                        + number(estimate.high().orElseThrow(), 3) + "]"
                                : ""))
                .collect(Collectors.joining("; "));
        return first + (estimates.size() > IN_WORDS ? "; and " + (estimates.size() - IN_WORDS) + " more." : ".");
    }

    /// A value with its interval, four decimals.
    static String interval(Metric metric) {
        return number(metric.value(), 4)
                + (metric.low().isPresent()
                        ? " [" + number(metric.low().getAsDouble(), 4) + ", "
                                + number(metric.high().orElseThrow(), 4) + "]"
                        : "");
    }

    /// A number with this many decimals, or as a power of ten where they would all be zero.
    static String number(double value, int digits) {
        double size = Math.abs(value);
        return size > 0 && size < 5 * Math.pow(10, -digits - 1.0)
                ? String.format(Locale.ROOT, "%.1e", value)
                : String.format(Locale.ROOT, "%." + digits + "f", value == 0 ? 0.0 : value);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
