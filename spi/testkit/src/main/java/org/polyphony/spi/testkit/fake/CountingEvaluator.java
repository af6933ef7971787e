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
import org.polyphony.spi.preference.Judgments;

/// Counts judgments: all, those held out, and those of each part.
@Plugin(role = Evaluator.class, id = "counting", summary = "Counts judgments.")
public final class CountingEvaluator implements Evaluator {

    @Override
    public EvaluationResult evaluate(EvaluationRequest request, PluginContext context) {
        context.checkCancelled();
        if (request.judged().isEmpty()) {
            return EvaluationResult.of(List.of(), List.of());
        }
        var judged = request.judged().get();
        int n = judged.judgments().count();
        int heldOut = 0;
        for (int i = 0; i < n; i++) {
            heldOut += judged.weights().getDouble(i) > 0 ? 0 : 1;
        }
        var metrics = new ArrayList<Metric>();
        metrics.add(Metric.of("judgments.count", Map.of(), n, n, "judgments"));
        if (heldOut > 0) {
            double share = (double) heldOut / n;
            double half = 1.96 * Math.sqrt(share * (1 - share) / n);
            metrics.add(Metric.of("heldout.share", Map.of(), share, n, "probability")
                    .withInterval(share - half, share + half));
        }
        request.partition().ifPresent(partition -> countParts(judged.judgments(), partition, metrics));
        var counted = Headline.of("judgments.counted", Map.of(), "There are " + n + " judgments.");
        return EvaluationResult.of(
                metrics, List.of(Section.of("counted", "How many", List.of()).with(counted)));
    }

    private static void countParts(Judgments judgments, String partition, List<Metric> metrics) {
        for (var attribute : judgments.candidates().attributes().ofItems()) {
            if (attribute.name().equals(partition)) {
                for (var part : attribute.values().stream().distinct().toList()) {
                    int count = 0;
                    for (int i = 0; i < judgments.count(); i++) {
                        count += attribute.values().get(judgments.item(i)).equals(part) ? 1 : 0;
                    }
                    metrics.add(Metric.of("judgments.count", Map.of("partition", part), count, count, "judgments"));
                }
            }
        }
    }
}
