package org.polyphony.spi.model;

import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.context.PluginContext;

/// A language model behind whatever protocol. Experimental.
@ConsumerType
public interface LanguageModel {

    /// Proposes candidates for each prompt.
    Generations generate(GenerationRequest request, PluginContext context);

    /// Log-probabilities of given completions, in nats, summed over their tokens.
    CompletionScores logProbabilities(CompletionRequest request, PluginContext context);
}
