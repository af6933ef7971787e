package org.polyphony.spi.testkit.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.evaluation.Section;
import org.polyphony.spi.plugin.Plugin;

/// Counts judgments: all, those held out, and those of each part.
@Plugin(role = Evaluator.class, id = "counting", summary = "Counts judgments.")
public final class CountingEvaluator implements Evaluator {

    @Override
    public EvaluationResult evaluate(EvaluationRequest request, PluginContext context) {
        context.checkCancelled();
        var judgments = request.judgments();
        int n = judgments.count();
        int heldOut = 0;
        for (int i = 0; i < n; i++) {
            heldOut += 1 - request.training().getByte(i);
        }
        var metrics = new ArrayList<Metric>();
        metrics.add(Metric.of("judgments.count", Map.of(), n, n, "judgments"));
        if (heldOut > 0) {
            double share = (double) heldOut / n;
            double half = 1.96 * Math.sqrt(share * (1 - share) / n);
            metrics.add(Metric.of("heldout.share", Map.of(), share, n, "probability")
                    .withInterval(share - half, share + half));
        }
        request.partition().ifPresent(partition -> countParts(request, partition, metrics));
        var counted = Headline.of("judgments.counted", Map.of(), "There are " + n + " judgments.");
        return EvaluationResult.of(
                metrics, List.of(Section.of("counted", "How many", List.of()).with(counted)));
    }

    private static void countParts(EvaluationRequest request, String partition, List<Metric> metrics) {
        var judgments = request.judgments();
        for (var attribute : judgments.candidates().attributes()) {
            if (attribute.name().equals(partition)) {
                for (var part : attribute.values().stream().distinct().toList()) {
                    int count = 0;
                    for (int i = 0; i < judgments.count(); i++) {
                        count += attribute
                                        .values()
                                        .get(judgments.items().getInt(i))
                                        .equals(part)
                                ? 1
                                : 0;
                    }
                    metrics.add(Metric.of("judgments.count", Map.of("partition", part), count, count, "judgments"));
                }
            }
        }
    }
}
