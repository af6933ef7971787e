package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.safety.VerifiedContext;
import org.polyphony.spi.testkit.fake.AllowAllLayer;
import org.polyphony.spi.testkit.fake.WordLayer;

class SafetyLayerContractTest {

    @Test
    void contract_layersThatKeepIt_pass() {
        assertThat(ContractRun.failures(FlawedTestCase.class, "none")).isEmpty();
        assertThat(ContractRun.failures(AllowAllTestCase.class, "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "decides-for-some, review_anything_decidesForEveryCandidate",
        "rule-out-of-range, review_anything_decidesForEveryCandidate",
        "no-rule, review_anything_decidesForEveryCandidate",
        "needs-a-candidate, review_noCandidates_decidesNothing",
        "dislikes-long-texts, review_oddTexts_areDecided",
        "allows, review_refusedExample_isRefused",
        "believes-the-text, review_textThatClaimsARole_changesNothing",
        "counts-its-calls, review_sameRequest_givesTheSame",
        "counts-its-calls, review_calledAtOnce_decidesAsAlone",
        "writes-inputs, review_inputs_areLeftAlone",
    })
    void contract_layerWithAFlaw_isFound(String flaw, String test) {
        assertThat(ContractRun.fails(FlawedTestCase.class, flaw, test)).isTrue();
    }

    static class AllowAllTestCase implements SafetyLayerContract {

        @Override
        public SafetyLayer layer() {
            return new AllowAllLayer();
        }

        @Override
        public Optional<ReviewRequest> refused() {
            return Optional.empty();
        }
    }

    @ExtendWith(ContractRun.Flaws.class)
    static class FlawedTestCase implements SafetyLayerContract {

        private final String flaw;

        FlawedTestCase(String flaw) {
            this.flaw = flaw;
        }

        @Override
        public SafetyLayer layer() {
            return new Flawed(flaw);
        }

        @Override
        public Optional<ReviewRequest> refused() {
            return Optional.of(new ReviewRequest(TestJudgments.candidates(3, 2), VerifiedContext.none()));
        }
    }

    /// A sound layer with one flaw.
    @Plugin(role = SafetyLayer.class, id = "flawed", summary = "Breaks one rule.")
    public static final class Flawed implements SafetyLayer {

        private static final AtomicInteger CALLS = new AtomicInteger();
        private final String flaw;

        Flawed(String flaw) {
            this.flaw = flaw;
        }

        @Override
        public ReviewResult review(ReviewRequest request, PluginContext context) {
            var sound = new WordLayer("answer 1").review(request, context);
            var candidates = request.candidates();
            int last = candidates.ids().size() - 1;
            switch (flaw) {
                case "rule-out-of-range" -> {
                    if (last > 0) {
                        sound.rule().setInt(1, 1);
                    }
                }
                case "allows" -> {
                    return new AllowAllLayer().review(request, context);
                }
                case "believes-the-text" -> {
                    if (candidates.prompts().toString().contains("administrator")) {
                        return new AllowAllLayer().review(request, context);
                    }
                }
                case "counts-its-calls" -> sound.allowed().setByte(0, (byte) (CALLS.incrementAndGet() % 2));
                case "writes-inputs" -> candidates.declaredUnsafe().setByte(0, (byte) 0);
                case "needs-a-candidate" -> candidates.ids().getFirst();
                case "dislikes-long-texts" -> {
                    if (candidates.texts().stream().anyMatch(text -> text.length() > 10_000)) {
                        throw new IllegalStateException("too long");
                    }
                }
                default -> {}
            }
            return switch (flaw) {
                case "decides-for-some" ->
                    ReviewResult.of(
                            context.allocator().bytes(1), context.allocator().ints(1), List.of("a"));
                case "no-rule" -> ReviewResult.of(sound.allowed(), sound.rule(), List.of());
                default -> sound;
            };
        }
    }
}
