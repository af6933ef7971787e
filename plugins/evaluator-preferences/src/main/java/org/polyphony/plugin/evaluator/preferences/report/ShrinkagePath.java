package org.polyphony.plugin.evaluator.preferences.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.polyphony.spi.evaluation.Block;
import org.polyphony.spi.evaluation.Block.Axis;
import org.polyphony.spi.evaluation.Block.Caption;
import org.polyphony.spi.evaluation.Block.Estimate;
import org.polyphony.spi.evaluation.Block.Lines;
import org.polyphony.spi.evaluation.Block.Point;
import org.polyphony.spi.evaluation.Metric;

/// How figures move with the strength λ that shrinks groups to the population, beside what placebo groups give.
final class ShrinkagePath {
    private static final String MEASURED = "shrinkage.";
    private static final String PLACEBO = "shrinkage.placebo.";
    private static final int SHOWN = 6;

    private final List<Metric> along;
    private final List<String> strengths;

    ShrinkagePath(MetricTable metrics, Map<String, String> overall) {
        along = metrics.whole(name -> true, overall).stream()
                .filter(metric -> metric.labels().containsKey("lambda"))
                .toList();
        strengths = along.stream()
                .map(metric -> metric.labels().get("lambda"))
                .distinct()
                .sorted(Comparator.comparingDouble(ShrinkagePath::value))
                .toList();
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        along.stream()
                .map(Metric::name)
                .distinct()
                .filter(name -> name.startsWith(MEASURED)
                        && !name.startsWith(PLACEBO)
                        && !name.endsWith("chosen")
                        && !name.endsWith("cell-labels"))
                .limit(SHOWN)
                .forEach(name -> {
                    List<Point> points = points(name, "groups");
                    if (points.size() > 1) {
                        points.addAll(points(PLACEBO + name.substring(MEASURED.length()), "placebo"));
                        blocks.add(new Lines(
                                new Caption(title(name), words(points)),
                                Axis.of("strength λ"),
                                strengths,
                                Axis.of(unit(name)).withMark(0, ""),
                                points));
                    }
                });
        if (!blocks.isEmpty()) {
            blocks.addFirst(new Block.Text("How the answer moves with the strength λ that shrinks groups to the"
                    + " population, and what placebo groups give; bands are 95 %."));
        }
        return blocks;
    }

    // the name stays, so that it is found among the numbers
    private static String title(String name) {
        String what = name.substring(MEASURED.length());
        return Character.toUpperCase(what.charAt(0)) + what.substring(1).replace('-', ' ') + " (" + name + ")";
    }

    private String unit(String name) {
        return along.stream()
                .filter(metric -> metric.name().equals(name))
                .map(Metric::unit)
                .findFirst()
                .orElse("");
    }

    private String words(List<Point> points) {
        return MetricTable.words(points.stream()
                .map(point -> new Estimate(
                        "λ " + strengths.get((int) point.x()), point.series(), point.y(), point.low(), point.high()))
                .toList());
    }

    private List<Point> points(String name, String series) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < strengths.size(); i++) {
            int x = i;
            along.stream()
                    .filter(metric -> metric.name().equals(name)
                            && strengths.get(x).equals(metric.labels().get("lambda"))
                            && !metric.labels().containsKey("stakeholder"))
                    .findFirst()
                    .ifPresent(metric -> points.add(new Point(series, x, metric.value(), metric.low(), metric.high())));
        }
        return points;
    }

    private static double value(String strength) {
        return strength.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(strength);
    }
}
