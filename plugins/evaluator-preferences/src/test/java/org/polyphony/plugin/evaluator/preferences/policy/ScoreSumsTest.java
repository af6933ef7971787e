package org.polyphony.plugin.evaluator.preferences.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.polyphony.plugin.evaluator.preferences.study.EvaluatedStudy;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.JudgedEvidence;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.testkit.TestJudgments;
import org.polyphony.spi.testkit.TestStudies;

/// What held-out judges think of every candidate, against the formula.
final class ScoreSumsTest {

    private static double[][][] values(EvaluationRequest request) {
        var study = EvaluatedStudy.of(request);
        var once = new double[study.pairs().judges()];
        Arrays.fill(once, 1);
        return ScoreSums.of(study, study.pairs(), row -> true).values(once);
    }

    private static EvaluationRequest judged(Judgments judgments, String... seats) {
        return EvaluationRequest.of(judgments.candidates())
                .withJudged(JudgedEvidence.of(
                        judgments, TestJudgments.training(judgments.count(), 0), Seating.of("group", List.of(seats))));
    }

    @Test
    void values_ofAHandfulOfJudgments_areTheFormula() {
        var judgments = TestJudgments.about(TestJudgments.candidates(2), 3, "group", "a", "b", "c")
                .pair(0, 0, 0, 0, 1)
                .tie(0, 1, 0, 0, 1)
                .pair(0, 2, 2, 1, 0)
                .build();
        double[][][] values = values(judged(judgments, "a", "b"));
        // everybody, those without a seat included: 1.5 of 3 comparisons each, so 1/2
        assertThat(values[0][0]).containsExactly((1.5 + 1) / 4, (0.5 + 1) / 4);
        assertThat(values[1][0]).as("a silent group agrees with everybody").containsExactly(0.5, 0.5);
    }

    @Test
    void values_ofAllowedCandidates_haveMeanOneHalf() {
        double[][][] values = values(TestStudies.study(7));
        for (double[][] group : values) {
            for (double[] item : group) {
                assertThat(Arrays.stream(item).average().orElseThrow()).isCloseTo(0.5, within(1e-15));
            }
        }
    }
}
