package org.polyphony.spi.evaluation;

import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.context.PluginContext;

/// Measures a study: how well preferences were estimated, whom policies serve, how alike answers are.
///
/// A study may have judgments and no games, or games and no judgments: what is there is measured. A metric
/// that cannot be computed is left out, never reported as zero. **Threads.** Called from many
/// virtual threads at once; loops over numbers go to [PluginContext#parallel].
@ConsumerType
public interface Evaluator {

    /// Measures everything it can.
    EvaluationResult evaluate(EvaluationRequest request, PluginContext context);
}
