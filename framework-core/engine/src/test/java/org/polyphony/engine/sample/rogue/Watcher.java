package org.polyphony.engine.sample.rogue;

import java.util.List;
import java.util.Map;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.plugin.Plugin;

/// Counts what an evaluator must never be shown.
@Plugin(role = Evaluator.class, id = "watcher", summary = "Watches what is published, for tests")
public final class Watcher implements Evaluator {

    @Override
    public EvaluationResult evaluate(EvaluationRequest request, PluginContext context) {
        int refusedMass = 0;
        int rows = 0;
        int rewritten = 0;
        var games = request.games().orElseThrow();
        var buckets = games.games().buckets();
        for (var bucket : buckets) {
            rewritten += bucket.p().at(0, 0, 0, 1) == 0.6 ? 0 : 1;
        }
        for (var solution : games.solutions()) {
            for (int b = 0; b < buckets.size(); b++) {
                var answer = solution.solution().buckets().get(b);
                int k = buckets.get(b).candidates();
                for (int g = 0; g < buckets.get(b).games(); g++) {
                    rows += 1 - answer.refused().getByte(g);
                    for (int i = 0; i < k; i++) {
                        double log = answer.logPolicy().getDouble((long) g * k + i);
                        boolean allowed = buckets.get(b).allowed().getByte((long) g * k + i) == 1;
                        refusedMass += allowed || log == Double.NEGATIVE_INFINITY ? 0 : 1;
                    }
                }
            }
        }
        return EvaluationResult.of(
                List.of(metric("refused-mass", refusedMass), metric("rows", rows), metric("rewritten", rewritten)),
                List.of());
    }

    private static Metric metric(String name, int value) {
        return Metric.of("watched." + name, Map.of(), value, 1, "count");
    }
}
