package org.polyphony.plugin.evaluator.preferences.report;

import static org.polyphony.plugin.evaluator.preferences.report.MetricTable.figure;
import static org.polyphony.plugin.evaluator.preferences.report.MetricTable.number;
import static org.polyphony.plugin.evaluator.preferences.report.MetricTable.text;
import static org.polyphony.plugin.evaluator.preferences.report.MetricTable.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.polyphony.plugin.evaluator.preferences.study.EvaluatedStudy;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.evaluation.Block;
import org.polyphony.spi.evaluation.Block.Axis;
import org.polyphony.spi.evaluation.Block.Caption;
import org.polyphony.spi.evaluation.Block.Dots;
import org.polyphony.spi.evaluation.Block.Estimate;
import org.polyphony.spi.evaluation.Block.Row;
import org.polyphony.spi.evaluation.Block.Table;
import org.polyphony.spi.evaluation.Block.Text;
import org.polyphony.spi.evaluation.Metric;

/// Policies on items they have not seen, beside what needs no fit.
public final class UnseenItems {
    private final MetricTable metrics;
    private final String attribute;
    private final List<String> baselines;
    private final String ceiling;

    private UnseenItems(List<Metric> metrics, String attribute, List<String> baselines, String ceiling) {
        this.metrics = new MetricTable(metrics);
        this.attribute = attribute;
        this.baselines = baselines;
        this.ceiling = ceiling;
    }

    /// What shows them; empty if no policy of the study is about new items, or none was measured on held-out judges.
    ///
    /// @param baselines what every policy is held against
    /// @param ceiling what has seen the items' own judgments: as much as could be hoped for
    public static List<Block> of(EvaluatedStudy study, List<Metric> metrics, List<String> baselines, String ceiling) {
        List<CertifiedSolution> unseen = study.solutions().stream()
                .filter(solution -> solution.leftOut().isPresent())
                .toList();
        if (unseen.isEmpty()) {
            return List.of();
        }
        String attribute = unseen.getFirst().leftOut().orElseThrow();
        var candidates = study.judgments().candidates();
        long values = candidates.attributes().ofItems().stream()
                .filter(column -> column.name().equals(attribute))
                .flatMap(column -> column.values().stream())
                .distinct()
                .count();
        return new UnseenItems(metrics, attribute, baselines, ceiling)
                .blocks(
                        unseen.stream().map(CertifiedSolution::label).toList(),
                        "The " + values + " values of " + attribute
                                + " are left out in turn: for each, the policy is fitted to the games of the others and"
                                + " then answers these items by their texts alone. Utility of the worst-off group"
                                + " (least of the groups’ means over "
                                + candidates.items().size()
                                + " items) on judges from whom nothing was learned; a uniform draw is worth exactly one"
                                + " half. Differences are paired, with 95 % intervals from drawing judges and from"
                                + " drawing " + attribute + "s.");
    }

    private List<Block> blocks(List<String> policies, String about) {
        List<Estimate> dots = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        policies.forEach(policy -> add(policy, "not seen", dots, rows));
        if (dots.isEmpty()) {
            return List.of();
        }
        baselines.forEach(policy -> add(policy, "baseline", dots, rows));
        add(ceiling, "ceiling: has seen judgments about these items", dots, rows);
        List<Block.Column> columns =
                new ArrayList<>(List.of(text("policy"), text("items"), figure("worst-off [judges]")));
        baselines.forEach(baseline -> columns.add(text("minus " + baseline)));
        return List.of(
                new Text(about),
                new Dots(
                        new Caption("Utility of the worst-off group on items never seen", words(dots)),
                        Axis.of("utility of the worst-off group").withMark(0.5, "uniform"),
                        dots),
                new Table("Paired differences", columns, rows));
    }

    private void add(String policy, String role, List<Estimate> dots, List<Row> rows) {
        Optional<Metric> worst = find("policy.worst-off", Map.of("policy", policy), "judges");
        if (worst.isEmpty()) {
            return;
        }
        dots.add(MetricTable.dot(policy, role, worst.get()));
        rows.add(new Row(Stream.concat(
                        Stream.of(policy, role, number(worst.get().value(), 3) + bounds(worst)),
                        baselines.stream().map(baseline -> difference(policy, baseline)))
                .toList()));
    }

    private String difference(String policy, String baseline) {
        Map<String, String> pair = Map.of("policy", policy, "versus", baseline);
        Optional<Metric> byJudges = find("policy.worst-off-difference", pair, "judges");
        Optional<Metric> byItems = find("policy.worst-off-difference", pair, "items");
        return byJudges.map(difference -> (difference.value() > 0 ? "+" : "") + number(difference.value(), 3)
                        + " judges" + bounds(byJudges)
                        + (bounds(byItems).isEmpty() ? "" : " " + attribute + bounds(byItems)))
                .orElse("");
    }

    private Optional<Metric> find(String name, Map<String, String> labels, String drawn) {
        return metrics.whole(name::equals, labels).stream()
                .filter(metric -> drawn.equals(metric.labels().get("resampling"))
                        && "all".equals(metric.labels().get("partition"))
                        && "learned".equals(metric.labels().get("made-from")))
                .findFirst();
    }

    private static String bounds(Optional<Metric> metric) {
        return metric.filter(of -> of.low().isPresent())
                .map(of -> " [" + number(of.low().getAsDouble(), 3) + ", "
                        + number(of.high().orElseThrow(), 3) + "]")
                .orElse("");
    }
}
