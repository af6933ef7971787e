package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.model.CompletionRequest;
import org.polyphony.spi.model.GenerationRequest;
import org.polyphony.spi.model.LanguageModel;
import org.polyphony.spi.plugin.Determinism;
import org.polyphony.spi.tensor.Tensor;

/// What every [LanguageModel] must do. Implement [#model] and inherit the tests. Experimental, as the role.
public interface LanguageModelContract extends PluginContract {

    /// A fresh instance of the model under test.
    LanguageModel model();

    @Override
    default Object plugin() {
        return model();
    }

    @Test
    default void generate_prompts_answersSoManyTimesEach() {
        assertThat(generate(List.of("a question", "", "🙂"), 4, 1)).hasSize(12);
    }

    @Test
    default void generate_noPrompts_answersNone() {
        assertThat(generate(List.of(), 2, 1)).isEmpty();
    }

    @Test
    default void generate_sameSeed_answersTheSame() {
        assumePromised(Determinism.SEEDED);
        assertThat(generate(List.of("a question"), 3, 7)).isEqualTo(generate(List.of("a question"), 3, 7));
    }

    @Test
    default void logProbabilities_completions_areLogProbabilities() {
        var scores = score(List.of("q", "q", "q"), List.of("an answer", "", "another 🙂"));
        TensorAssert.assertThat(scores).hasShape(3).isBetween(Double.NEGATIVE_INFINITY, 0);
    }

    @Test
    default void logProbabilities_oneAlone_asAmongOthers() {
        var all = score(List.of("q", "r"), List.of("a", "b"));
        TensorAssert.assertThat(score(List.of("r"), List.of("b"))).isCloseTo(1e-9, all.getDouble(1));
    }

    @Test
    default void logProbabilities_twiceAndAtOnce_givesTheSame() {
        assumePromised(Determinism.SEEDED);
        var alone = score(List.of("q", "r"), List.of("a", "b"));
        PluginContract.atOnce(() -> score(List.of("q", "r"), List.of("a", "b")))
                .forEach(answer -> TensorAssert.assertThat(answer).hasContentOf(alone));
    }

    private List<String> generate(List<String> prompts, int candidates, long seed) {
        try (var context = context().withSeed(seed)) {
            return model().generate(new GenerationRequest(prompts, candidates), context)
                    .texts();
        }
    }

    private Tensor score(List<String> prompts, List<String> completions) {
        try (var context = context()) {
            var request = new CompletionRequest(prompts, completions);
            return PluginContract.taken(
                    model().logProbabilities(request, context).logProbabilities());
        }
    }
}
