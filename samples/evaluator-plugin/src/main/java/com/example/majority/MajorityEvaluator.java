package com.example.majority;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.evaluation.Block;
import org.polyphony.spi.evaluation.Block.Axis;
import org.polyphony.spi.evaluation.Block.Caption;
import org.polyphony.spi.evaluation.Block.Edge;
import org.polyphony.spi.evaluation.Block.Estimate;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.evaluation.Section;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.preference.Judgments;

/// How much of what people compared the majority decides, item by item.
@Plugin(role = Evaluator.class, id = "example-majority", summary = "How much of what was compared the majority decides.")
public final class MajorityEvaluator implements Evaluator {

    private static final double Z = 1.96;

    @Override
    public EvaluationResult evaluate(EvaluationRequest request, PluginContext context) {
        if (request.judged().isEmpty()) {
            return EvaluationResult.of(List.of(), List.of());
        }
        var candidates = request.candidates();
        var items = new ArrayList<Item>();
        for (int b = 0; b < candidates.items().size(); b++) {
            items.add(new Item(candidates.items().get(b), new double[candidates.count(b)][candidates.count(b)]));
        }
        count(request.judged().get().judgments(), items, context);
        var decided = items.stream().filter(item -> item.compared() > 0).toList();
        if (decided.isEmpty()) {
            return EvaluationResult.of(List.of(), List.of());
        }
        var metrics = new ArrayList<Metric>();
        metrics.add(share(Map.of(), items, IntStream.range(0, items.size())));
        request.partition().ifPresent(partition -> candidates.attributes().ofItems().stream()
                .filter(attribute -> attribute.name().equals(partition))
                .forEach(attribute -> attribute.values().stream().distinct().forEach(part -> metrics.add(share(
                        Map.of("partition", part),
                        items,
                        IntStream.range(0, items.size())
                                .filter(b -> attribute.values().get(b).equals(part)))))));
        return EvaluationResult.of(metrics, List.of(section(metrics.getFirst(), decided)));
    }

    private static void count(Judgments judgments, List<Item> items, PluginContext context) {
        for (int n = 0; n < judgments.count(); n++) {
            context.checkCancelled();
            int item = judgments.item(n);
            var wins = items.get(item).wins();
            for (int i = judgments.entries().first(n); i < judgments.entries().end(n); i++) {
                for (int j = judgments.entries().first(n); j < judgments.entries().end(n); j++) {
                    if (judgments.entries().value(i) > judgments.entries().value(j)) {
                        wins[judgments.entries().candidate(i)][judgments.entries().candidate(j)]++;
                    }
                }
            }
        }
    }

    private static Metric share(Map<String, String> labels, List<Item> items, IntStream of) {
        var some = of.mapToObj(items::get).toList();
        double compared = some.stream().mapToDouble(Item::compared).sum();
        double majority = some.stream().mapToDouble(Item::majority).sum();
        return Metric.of(
                "example.majority-share", labels, compared == 0 ? 0 : majority / compared, (long) compared, "share");
    }

    private static Section section(Metric share, List<Item> items) {
        var divided = items.stream()
                .min(Comparator.comparingDouble(Item::share))
                .orElseThrow();
        var dots = items.stream().map(Item::estimate).toList();
        return Section.of(
                        "majority",
                        "How much the majority decides",
                        List.of(
                                new Block.Dots(
                                        new Caption("Comparisons that go with the majority, item by item", words(dots)),
                                        Axis.of("share of comparisons").withMark(0.5, "evenly divided"),
                                        dots),
                                divided.graph()))
                .with(Headline.of(
                        "example.majority",
                        Map.of(),
                        String.format(
                                Locale.ROOT,
                                "%.0f %% of what was compared goes with the majority; people are most divided about %s"
                                        + " (%.0f %%).",
                                100 * share.value(),
                                divided.name(),
                                100 * divided.share())));
    }

    private static String words(List<Estimate> dots) {
        return dots.stream()
                .limit(10)
                .map(dot -> String.format(Locale.ROOT, "%s %.2f", dot.row(), dot.value()))
                .collect(Collectors.joining(", ", "", dots.size() > 10 ? ", and more." : "."));
    }

    /// @param wins how often a candidate was preferred to another
    private record Item(String name, double[][] wins) {

        double compared() {
            return sum(false);
        }

        double majority() {
            return sum(true);
        }

        double share() {
            return majority() / compared();
        }

        private double sum(boolean largerOnly) {
            double sum = 0;
            for (int i = 0; i < wins.length; i++) {
                for (int j = 0; j < i; j++) {
                    sum += largerOnly ? Math.max(wins[i][j], wins[j][i]) : wins[i][j] + wins[j][i];
                }
            }
            return sum;
        }

        // Wilson's interval
        Estimate estimate() {
            double n = compared();
            double centre = (share() + Z * Z / (2 * n)) / (1 + Z * Z / n);
            double half = Z / (1 + Z * Z / n) * Math.sqrt(share() * (1 - share()) / n + Z * Z / (4 * n * n));
            return new Estimate(
                    name, "", share(), OptionalDouble.of(centre - half), OptionalDouble.of(centre + half));
        }

        Block.Graph graph() {
            var edges = new ArrayList<Edge>();
            for (int i = 0; i < wins.length; i++) {
                for (int j = 0; j < wins.length; j++) {
                    if (wins[i][j] > wins[j][i]) {
                        edges.add(new Edge(i, j, wins[i][j] / (wins[i][j] + wins[j][i])));
                    }
                }
            }
            return new Block.Graph(
                    new Caption(
                            "Who beats whom in " + name,
                            edges.stream()
                                    .map(edge -> (edge.from() + 1) + " beats " + (edge.to() + 1))
                                    .collect(Collectors.joining(", ", "", "."))),
                    IntStream.rangeClosed(1, wins.length).mapToObj(String::valueOf).toList(),
                    edges);
        }
    }
}
