package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.alignment.ScoredPolicy;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.model.CompletionRequest;
import org.polyphony.spi.model.CompletionScores;
import org.polyphony.spi.model.EncodeRequest;
import org.polyphony.spi.model.Encodings;
import org.polyphony.spi.model.GenerationRequest;
import org.polyphony.spi.model.Generations;
import org.polyphony.spi.model.LanguageModel;
import org.polyphony.spi.model.TextEncoder;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.testkit.fake.EchoModel;
import org.polyphony.spi.testkit.fake.HashEncoder;
import org.polyphony.spi.testkit.fake.LinearScorer;

class OtherContractsTest {

    @Test
    void contracts_pluginsThatKeepThem_pass() {
        assertThat(ContractRun.failures(ScorerTestCase.class, "none")).isEmpty();
        assertThat(ContractRun.failures(EncoderTestCase.class, "none")).isEmpty();
        assertThat(ContractRun.failures(ModelTestCase.class, "none")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "not-normalised, score_candidates_isADistributionOverThoseAllowed",
        "chooses-the-refused, score_noneAllowed_isAllMinusInfinity",
        "looks-at-others, score_anItemAlone_asAmongOthers",
        "opens-anything, open_unknownVersionOrType_isRefused",
    })
    void scorerContract_flaw_isFound(String flaw, String test) {
        assertThat(ContractRun.fails(ScorerTestCase.class, flaw, test)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "drops-blank-texts, encode_texts_givesOneFiniteVectorEach",
        "not-a-number, encode_texts_givesOneFiniteVectorEach",
        "one-vector-for-all, encode_differentTexts_givesDifferentVectors",
        "looks-at-others, encode_aTextAlone_asAmongOthers",
        "counts-its-calls, encode_twiceAndAtOnce_givesTheSameBytes",
    })
    void encoderContract_flaw_isFound(String flaw, String test) {
        assertThat(ContractRun.fails(EncoderTestCase.class, flaw, test)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "one-short, generate_prompts_answersSoManyTimesEach",
        "counts-its-calls, generate_sameSeed_answersTheSame",
        "probabilities, logProbabilities_completions_areLogProbabilities",
        "looks-at-others, logProbabilities_oneAlone_asAmongOthers",
    })
    void modelContract_flaw_isFound(String flaw, String test) {
        assertThat(ContractRun.fails(ModelTestCase.class, flaw, test)).isTrue();
    }

    @ExtendWith(ContractRun.Flaws.class)
    static class ScorerTestCase implements PolicyScorerContract {

        private final String flaw;

        ScorerTestCase(String flaw) {
            this.flaw = flaw;
        }

        @Override
        public PolicyScorer scorer() {
            return new FlawedScorer(flaw);
        }

        @Override
        public Artefact policy() {
            return LinearScorer.policy(1, -0.5, 2);
        }

        @Override
        public int featureSize() {
            return 3;
        }
    }

    @ExtendWith(ContractRun.Flaws.class)
    static class EncoderTestCase implements TextEncoderContract {

        private final String flaw;

        EncoderTestCase(String flaw) {
            this.flaw = flaw;
        }

        @Override
        public TextEncoder encoder() {
            return new FlawedEncoder(flaw);
        }
    }

    @ExtendWith(ContractRun.Flaws.class)
    static class ModelTestCase implements LanguageModelContract {

        private final String flaw;

        ModelTestCase(String flaw) {
            this.flaw = flaw;
        }

        @Override
        public LanguageModel model() {
            return new FlawedModel(flaw);
        }
    }

    /// A sound scorer with one flaw.
    @Plugin(role = PolicyScorer.class, id = "flawed", summary = "Breaks one rule.")
    public record FlawedScorer(String flaw) implements PolicyScorer {

        @Override
        public ScoredPolicy open(Artefact policy, PluginContext context) {
            var readable = flaw.equals("opens-anything")
                    ? LinearScorer.policy(policy.tensor("weights").toDoubles())
                    : policy;
            var opened = new LinearScorer().open(readable, context);
            return (features, allowed, call) -> {
                var scores = opened.score(features, allowed, call);
                for (long i = 0; i < scores.size(); i++) {
                    double score = scores.getDouble(i);
                    switch (flaw) {
                        case "not-normalised" -> scores.setDouble(i, score + 0.01);
                        case "chooses-the-refused" -> scores.setDouble(i, Math.max(score, -30));
                        case "looks-at-others" -> scores.setDouble(i, score / features.dimension(0));
                        default -> {}
                    }
                }
                return scores;
            };
        }
    }

    /// A sound encoder with one flaw.
    @Plugin(role = TextEncoder.class, id = "flawed", summary = "Breaks one rule.")
    public record FlawedEncoder(String flaw) implements TextEncoder {

        private static final AtomicInteger CALLS = new AtomicInteger();

        @Override
        public Encodings encode(EncodeRequest request, PluginContext context) {
            var texts = request.texts();
            var read = switch (flaw) {
                case "drops-blank-texts" ->
                    texts.stream().filter(text -> !text.isBlank()).toList();
                case "one-vector-for-all" -> texts.stream().map(text -> "").toList();
                case "looks-at-others" ->
                    texts.stream().map(text -> text + texts.size()).toList();
                case "counts-its-calls" ->
                    texts.stream().map(text -> text + CALLS.incrementAndGet()).toList();
                default -> texts;
            };
            var encodings = new HashEncoder().encode(new EncodeRequest(read), context);
            if (flaw.equals("not-a-number") && encodings.features().size() > 0) {
                encodings.features().setDouble(0, Double.NaN);
            }
            return encodings;
        }
    }

    /// A sound model with one flaw.
    @Plugin(role = LanguageModel.class, id = "flawed", summary = "Breaks one rule.")
    public record FlawedModel(String flaw) implements LanguageModel {

        private static final AtomicInteger CALLS = new AtomicInteger();

        @Override
        public Generations generate(GenerationRequest request, PluginContext context) {
            List<String> texts =
                    new ArrayList<>(new EchoModel().generate(request, context).texts());
            switch (flaw) {
                case "one-short" -> texts.removeLast();
                case "counts-its-calls" -> texts.replaceAll(text -> text + CALLS.incrementAndGet());
                default -> {}
            }
            return Generations.of(texts);
        }

        @Override
        public CompletionScores logProbabilities(CompletionRequest request, PluginContext context) {
            var scores = new EchoModel().logProbabilities(request, context).logProbabilities();
            for (long i = 0; i < scores.size(); i++) {
                double score = scores.getDouble(i);
                switch (flaw) {
                    case "probabilities" -> scores.setDouble(i, Math.exp(score));
                    case "looks-at-others" -> scores.setDouble(i, score / scores.size());
                    default -> {}
                }
            }
            return CompletionScores.of(scores);
        }
    }
}
