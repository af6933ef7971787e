package org.polyphony.spi.evaluation;

import java.util.Map;
import java.util.OptionalDouble;

/// A measured number.
///
/// @param name what was measured, dotted and lower case, for example `heldout.log-loss`
/// @param labels of what: `stakeholder`, `policy`, `formulation`, `item`, `lambda`, `partition`, …
/// @param value finite
/// @param low lower end of the 95 % interval
/// @param high upper end of the 95 % interval
/// @param count how many independent units (annotators, items, draws) are behind it
/// @param unit `nats`, `probability`, `judgments`, `1`, …
public record Metric(
        String name,
        Map<String, String> labels,
        double value,
        OptionalDouble low,
        OptionalDouble high,
        long count,
        String unit) {

    public Metric {
        labels = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(labels));
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "metric " + name + labels + " must be finite, got " + value + "; leave it out");
        }
    }

    /// A number without an interval.
    public static Metric of(String name, Map<String, String> labels, double value, long count, String unit) {
        return new Metric(name, labels, value, OptionalDouble.empty(), OptionalDouble.empty(), count, unit);
    }

    /// The same with its 95 % interval.
    public Metric withInterval(double lower, double upper) {
        return new Metric(name, labels, value, OptionalDouble.of(lower), OptionalDouble.of(upper), count, unit);
    }
}
