package org.polyphony.engine.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.study.StudyOutcome;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.evaluation.Metric;

/// Policies on items they have not seen, beside what needs no fit: the metrics `policy.worst-off` and
/// `policy.worst-off-difference` of evaluators, of policies on judges nothing was learned from, in one table.
///
/// @param attribute whose values were left out in turn
/// @param values how many values it has
/// @param items how many items there are
/// @param rows the policies about new items first, then the baselines
public record UnseenTable(String attribute, int values, int items, List<Row> rows) {

    /// What every policy is held against.
    public static final List<String> BASELINES = List.of("uniform", "longest");

    /// What has seen the items' own judgments: as much as could be hoped for.
    public static final String CEILING = "borda";

    /// One policy.
    ///
    /// @param policy its label
    /// @param role `unseen`, `baseline` or `ceiling`
    /// @param worstOff utility of the worst-off group on judges nothing was learned from
    /// @param differences baseline → paired difference of that utility
    public record Row(String policy, String role, Estimate worstOff, Map<String, Estimate> differences) {}

    /// A number with what two ways of drawing again make of it.
    ///
    /// @param value the number
    /// @param judges interval from drawing judges
    /// @param items interval from drawing items, or clusters of them
    public record Estimate(double value, Optional<Interval> judges, Optional<Interval> items) {

        /// Whether both intervals lie above zero.
        public boolean positive() {
            return judges.isPresent()
                    && items.isPresent()
                    && judges.get().low() > 0
                    && items.get().low() > 0;
        }
    }

    /// 95 %.
    public record Interval(double low, double high) {}

    /// The table of a study; empty if no policy of it is about new items, or no evaluator measured any.
    public static Optional<UnseenTable> of(StudyOutcome outcome) {
        var unseen = outcome.solutions().stream()
                .filter(solution -> solution.leftOut().isPresent())
                .toList();
        if (unseen.isEmpty()) {
            return Optional.empty();
        }
        var attribute = unseen.getFirst().leftOut().orElseThrow();
        var metrics = outcome.evaluation().metrics();
        var rows = new ArrayList<Row>();
        unseen.stream()
                .map(CertifiedSolution::label)
                .forEach(label -> row(metrics, label, "unseen").ifPresent(rows::add));
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        BASELINES.forEach(label -> row(metrics, label, "baseline").ifPresent(rows::add));
        row(metrics, CEILING, "ceiling").ifPresent(rows::add);
        var candidates = outcome.data().judgments().candidates();
        var values = candidates.attributes().stream()
                .filter(column -> column.name().equals(attribute))
                .flatMap(column -> column.values().stream())
                .toList();
        return Optional.of(new UnseenTable(
                attribute, new TreeSet<>(values).size(), candidates.items().size(), List.copyOf(rows)));
    }

    private static Optional<Row> row(List<Metric> metrics, String policy, String role) {
        var worst = estimate(metrics, "policy.worst-off", policy, null);
        var differences = new LinkedHashMap<String, Estimate>();
        var others = new ArrayList<>(BASELINES);
        others.add(CEILING);
        for (var other : others) {
            estimate(metrics, "policy.worst-off-difference", policy, other)
                    .ifPresent(difference -> differences.put(other, difference));
        }
        return worst.map(value -> new Row(policy, role, value, differences));
    }

    private static Optional<Estimate> estimate(
            List<Metric> metrics, String name, String policy, @Nullable String versus) {
        var labels = new LinkedHashMap<>(Map.of("partition", "all", "made-from", "learned", "policy", policy));
        if (versus != null) {
            labels.put("versus", versus);
        }
        var byJudges = find(metrics, name, labels, "judges");
        var byItems = find(metrics, name, labels, "items");
        return byJudges.map(
                metric -> new Estimate(metric.value(), interval(metric), byItems.flatMap(UnseenTable::interval)));
    }

    private static Optional<Metric> find(
            List<Metric> metrics, String name, Map<String, String> labels, String resampling) {
        var all = new LinkedHashMap<>(labels);
        all.put("resampling", resampling);
        return metrics.stream()
                .filter(metric -> metric.name().equals(name) && metric.labels().equals(all))
                .findFirst();
    }

    private static Optional<Interval> interval(Metric metric) {
        return metric.low().isPresent() && metric.high().isPresent()
                ? Optional.of(
                        new Interval(metric.low().getAsDouble(), metric.high().getAsDouble()))
                : Optional.empty();
    }

    ObjectNode json() {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("leftOut", attribute).put("values", values).put("items", items).put("ceiling", CEILING);
        var array = node.putArray("policies");
        for (var row : rows) {
            var of = array.addObject().put("policy", row.policy()).put("role", row.role());
            of.set("worstOff", json(row.worstOff()));
            var differences = of.putObject("minus");
            row.differences().forEach((baseline, difference) -> differences.set(baseline, json(difference)));
        }
        return node;
    }

    private static ObjectNode json(Estimate estimate) {
        var node = JsonNodeFactory.instance.objectNode().put("value", estimate.value());
        node.set("judges", json(estimate.judges()));
        node.set("items", json(estimate.items()));
        return node;
    }

    private static com.fasterxml.jackson.databind.JsonNode json(Optional<Interval> interval) {
        return interval.<com.fasterxml.jackson.databind.JsonNode>map(of -> JsonNodeFactory.instance
                        .objectNode()
                        .put("low", of.low())
                        .put("high", of.high()))
                .orElse(JsonNodeFactory.instance.nullNode());
    }
}
