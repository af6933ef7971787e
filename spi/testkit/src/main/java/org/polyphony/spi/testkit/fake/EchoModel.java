package org.polyphony.spi.testkit.fake;

import java.util.ArrayList;
import java.util.List;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.model.CompletionRequest;
import org.polyphony.spi.model.CompletionScores;
import org.polyphony.spi.model.GenerationRequest;
import org.polyphony.spi.model.Generations;
import org.polyphony.spi.model.LanguageModel;
import org.polyphony.spi.plugin.Plugin;

/// Answers a prompt with the prompt and a number; log-probability falls by one nat a character.
@Plugin(role = LanguageModel.class, id = "echo", summary = "Answers a prompt with the prompt and a number.")
public final class EchoModel implements LanguageModel {

    @Override
    public Generations generate(GenerationRequest request, PluginContext context) {
        List<String> texts = new ArrayList<>();
        for (var prompt : request.prompts()) {
            for (int i = 0; i < request.candidates(); i++) {
                texts.add(prompt + " " + i);
            }
        }
        return Generations.of(texts);
    }

    @Override
    public CompletionScores logProbabilities(CompletionRequest request, PluginContext context) {
        int n = request.completions().size();
        var scores = context.allocator().doubles(n);
        for (int i = 0; i < n; i++) {
            scores.setDouble(i, -request.completions().get(i).length());
        }
        return CompletionScores.of(scores);
    }
}
