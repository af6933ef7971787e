package org.polyphony.plugin.evaluator.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.polyphony.preferences.JudgeSplit;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Judgments;

/// Judges of the one half like candidate 0 best and 2 least, those of the other, whose word weighs three times as
/// much, the reverse: whatever was made from the first serves the second worst, and nothing that was made from all
/// would.
final class HalvesTest {
    private static final int JUDGES = 40;
    private static final int ITEMS = 3;
    private static final EvaluatorSettings SETTINGS = new EvaluatorSettings(
            4,
            new ModelGrid(0.3, 1, List.of(3.0)),
            new CycleGrid(List.of(5.0), 1),
            new Draws(20, 10, 2, 5, 99),
            Optional.empty(),
            7);

    /// @param beats pairs of a winner and a loser, as the half sees them that policies are made from
    private static Judgments judgments(int candidates, int[][] beats) {
        int n = JUDGES * ITEMS * beats.length;
        PairJudgments judgments = new PairJudgments(n);
        List<String> names = new ArrayList<>();
        for (int judge = 0; judge < JUDGES; judge++) {
            names.add("judge-" + judge);
            boolean tests = JudgeSplit.half("judge-" + judge) == 1;
            for (int row = judge * n / JUDGES; row < (judge + 1) * n / JUDGES; row++) {
                int[] pair = beats[row % beats.length];
                judgments.add(
                        row / beats.length % ITEMS, judge, judge % 2, pair[0], pair[1], tests ? 0 : 1, tests ? 3 : 1);
            }
        }
        List<String> ids = new ArrayList<>();
        int[] first = new int[ITEMS + 1];
        for (int item = 0; item < ITEMS; item++) {
            for (int candidate = 0; candidate < candidates; candidate++) {
                ids.add(item + "/" + candidate);
            }
            first[item + 1] = ids.size();
        }
        return judgments.of(
                Candidates.of(List.of("x", "y", "z"), Collections.nCopies(ITEMS, ""), ids, texts(ids.size()), first),
                names,
                "group",
                List.of("a", "b"));
    }

    // of three the one in the middle is the longest
    private static List<String> texts(int count) {
        String[] texts = new String[count];
        Arrays.setAll(texts, i -> i % 3 == 1 ? "rather a long one" : "short");
        return List.of(texts);
    }

    private static Result evaluate(int candidates, int[][] beats) {
        Judgments judgments = judgments(candidates, beats);
        return Result.of(
                Studies.of(
                        judgments, Result.all(judgments.count()), "group", 3, 0.1, Optional.empty(), Optional.empty()),
                SETTINGS);
    }

    @Test
    void policies_areMadeFromOneHalfAndMeasuredOnTheOther() {
        Result result = evaluate(3, new int[][] {{0, 1}, {1, 2}, {0, 2}});

        for (String group : List.of("a", "b")) {
            for (String policy : List.of("borda", "copeland", "population-model", "population", "consensus")) {
                assertThat(result.utility(policy, group))
                        .as("%s for %s", policy, group)
                        .isLessThan(0.1);
            }
            assertThat(result.utility("uniform", group)).isCloseTo(0.5, within(1e-12));
            assertThat(result.utility("longest", group)).isBetween(0.45, 0.55);
            // temperature leaves something to gain, for the half that the deviation was chosen from
            assertThat(deviation(result, "unilateral.training", group)).isPositive();
            assertThat(deviation(result, "unilateral.held-out", group)).isNegative();
        }
    }

    /// Candidate 0 beats two and loses to two, 1 and 2 beat it alone: who counted wins only would choose 0, which the
    /// other half likes no less than the mean.
    @Test
    void copeland_losses_countAgainstWins() {
        Result result = evaluate(5, new int[][] {{0, 3}, {0, 4}, {1, 0}, {2, 0}});

        for (String group : List.of("a", "b")) {
            assertThat(result.utility("copeland", group)).isLessThan(0.25);
        }
    }

    private static double deviation(Result result, String metric, String group) {
        return result.value(metric, "partition", "all", "policy", "stakeholder", "stakeholder", group);
    }
}
