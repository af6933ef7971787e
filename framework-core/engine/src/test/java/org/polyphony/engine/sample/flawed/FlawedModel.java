package org.polyphony.engine.sample.flawed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.model.CompletionRequest;
import org.polyphony.spi.model.CompletionScores;
import org.polyphony.spi.model.GenerationRequest;
import org.polyphony.spi.model.Generations;
import org.polyphony.spi.model.LanguageModel;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.testkit.fake.EchoModel;

/// A sound model with one flaw.
@Plugin(role = LanguageModel.class, id = "flawed", settings = FlawSettings.class, summary = "Breaks one rule.")
public final class FlawedModel implements LanguageModel {

    private static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public Generations generate(GenerationRequest request, PluginContext context) {
        List<String> texts =
                new ArrayList<>(new EchoModel().generate(request, context).texts());
        switch (FlawSettings.of(context)) {
            case MODEL_ONE_SHORT -> texts.removeLast();
            case MODEL_COUNTS_ITS_CALLS -> texts.replaceAll(text -> text + CALLS.incrementAndGet());
            default -> {}
        }
        return Generations.of(texts);
    }

    @Override
    public CompletionScores logProbabilities(CompletionRequest request, PluginContext context) {
        var scores = new EchoModel().logProbabilities(request, context).logProbabilities();
        for (long i = 0; i < scores.size(); i++) {
            double score = scores.getDouble(i);
            switch (FlawSettings.of(context)) {
                case MODEL_PROBABILITIES -> scores.setDouble(i, Math.exp(score));
                case MODEL_LOOKS_AT_OTHERS -> scores.setDouble(i, score / scores.size());
                default -> {}
            }
        }
        return CompletionScores.of(scores);
    }
}
