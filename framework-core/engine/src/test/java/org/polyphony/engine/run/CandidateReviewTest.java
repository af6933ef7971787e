package org.polyphony.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.engine.run.CandidateReview.Refusal;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.safety.NormRule;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.VerifiedContext;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.trust.UniversalConstraints;

class CandidateReviewTest {

    private static final PluginUse NORM = new PluginUse("local", Map.of(), "norms[0]");

    /// Of four candidates the data declare the last two unsafe, and a norm objects to every second.
    private static CandidateReview.Review review(Object norm) {
        var stages = (Stages) Proxy.newProxyInstance(
                Stages.class.getClassLoader(),
                new Class<?>[] {Stages.class},
                (_, method, _) -> switch (method.getName()) {
                    case "review" -> {
                        if (norm instanceof RuntimeException failure) {
                            throw failure;
                        }
                        yield norm;
                    }
                    case "report" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        var candidates = Candidates.of(
                        List.of("item"),
                        List.of("how?"),
                        List.of("a", "b", "c", "d"),
                        List.of("so", "or so", "thus", "or thus"),
                        new int[] {0, 4})
                .withDeclaredUnsafe(new byte[] {0, 0, 1, 1});
        return new CandidateReview(UniversalConstraints.shipped(), stages)
                .review(candidates, List.of(NORM), VerifiedContext.none());
    }

    @Test
    void refusal_byANormAlone_isNotUniversal() {
        var review = review(ReviewResult.of(
                Tensor.ofBytes(new byte[] {1, 0, 1, 0}, 4),
                Tensor.ofInts(new int[] {-1, 0, -1, 0}, 4),
                List.of(NormRule.of("curfew", "not at night", "the house"))));

        assertThat(review.refusals())
                .extracting(Refusal::candidate, Refusal::universal)
                .containsExactly(tuple("b", false), tuple("c", true), tuple("d", true));
        assertThat(review.refusals().getFirst().rules()).containsExactly("norms[0]:curfew");
        assertThat(review.refusals().getLast().rules()).hasSize(2).contains("norms[0]:curfew");
        assertThat(review.refusedItems()).isEmpty();
    }

    /// A norm that fails refuses everything, and that is no universal constraint's doing.
    @Test
    void refusal_byANormThatFails_isNotUniversal() {
        var review = review(new IllegalStateException("broken"));

        assertThat(review.refusals()).extracting(Refusal::universal).containsExactly(false, false, true, true);
        assertThat(review.refusedItems()).containsExactly("item");
    }
}
