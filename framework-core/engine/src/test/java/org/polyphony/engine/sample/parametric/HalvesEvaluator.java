package org.polyphony.engine.sample.parametric;

import java.util.List;
import java.util.Map;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.plugin.Need;
import org.polyphony.spi.plugin.Plugin;

/// Counts the halves that it is shown, once as a plugin that needs them and once as one that does not.
@Plugin(role = Evaluator.class, id = "halves", needs = Need.HALVES, summary = "Counts halves, for tests")
@Plugin(role = Evaluator.class, id = "whole", summary = "Is shown no halves, for tests")
public final class HalvesEvaluator implements Evaluator {

    @Override
    public EvaluationResult evaluate(EvaluationRequest request, PluginContext context) {
        int shown = request.games().orElseThrow().replicas().size();
        return EvaluationResult.of(
                List.of(Metric.of("shown", Map.of("to", context.plugin().id()), shown, 1, "count")), List.of());
    }
}
