package org.polyphony.plugin.evaluator.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.polyphony.preferences.JudgeSplit;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.evaluation.Metric;

/// Policies about items that their fits have not seen, beside baselines on judges nobody learned from.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UnseenPoliciesTest {

    private static final EvaluatorSettings SETTINGS = new EvaluatorSettings(
            5,
            new ModelGrid(0.3, 1, List.of(3.0)),
            new CycleGrid(List.of(5.0), 1),
            new Draws(60, 20, 2, 5, 199),
            Optional.empty(),
            50);

    private Result result;

    @BeforeAll
    void evaluate() {
        var arms = Arms.generate(7, 6, 240, 30, 1.0);
        int[] half = JudgeSplit.parts(arms.judgments().judges().ids(), 2);
        var training = new byte[arms.judgments().count()];
        for (int n = 0; n < training.length; n++) {
            training[n] = (byte) (1 - half[arms.judgments().judge(n)]);
        }
        var request =
                Studies.of(arms.judgments(), training, "role", 3, 0.1, Optional.of(arms.truth()), Optional.empty());
        var solutions = new ArrayList<>(request.games().orElseThrow().solutions());
        CertifiedSolution population = solutions.stream()
                .filter(solution -> solution.formulation().equals(Formulation.POPULATION))
                .findFirst()
                .orElseThrow();
        CertifiedSolution stakeholder = solutions.stream()
                .filter(solution -> solution.formulation().equals(Formulation.STAKEHOLDER))
                .findFirst()
                .orElseThrow();
        solutions.add(population.withLabel("population (linear)"));
        solutions.add(population.withLabel("population (linear) unseen").withLeftOut("arm"));
        solutions.add(stakeholder.withLabel("stakeholder unseen").withLeftOut("arm"));
        result = Result.of(request.withGames(request.games().orElseThrow().withSolutions(solutions)), SETTINGS);
    }

    @Test
    void evaluate_unseenPolicies_areComparedWithBaselinesOfTheOtherJudges() {
        for (var policy : List.of("population", "population (linear)", "population (linear) unseen")) {
            for (var versus : List.of("uniform", "longest", "borda", "copeland")) {
                for (var resampling : List.of("judges", "items")) {
                    Metric difference = difference(policy, versus, resampling);
                    // where both are the same policy the interval has no width and is not shown
                    assertThat(difference.low().isPresent() || difference.value() == 0)
                            .as("%s %s", policy, versus)
                            .isTrue();
                    assertThat(difference.value())
                            .isCloseTo(
                                    worst(policy, resampling).value()
                                            - worst(versus, resampling).value(),
                                    within(1e-12));
                }
            }
        }
        assertThat(worst("uniform", "judges").value()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void evaluate_samePolicyUnderTwoLabels_isTheSame() {
        assertThat(worst("population (linear) unseen", "judges").value())
                .isEqualTo(worst("population", "judges").value());
        assertThat(difference("population (linear) unseen", "population", "judges")
                        .value())
                .isZero();
    }

    @Test
    void evaluate_unseenPolicies_areSpokenOfByThemselves() {
        assertThat(result.result().sentences())
                .filteredOn(finding -> finding.code().equals("policies.unseen"))
                .extracting(finding -> finding.labels().get("policy"))
                .containsExactlyInAnyOrder("population (linear) unseen", "stakeholder unseen");
        assertThat(result.text("policies.unseen", "all"))
                .contains("every value of arm left out in turn")
                .contains("Against uniform that is +")
                .contains("a ceiling, not a competitor");
        // the temperature of the stakeholder game is that of the game as solved, told once
        assertThat(result.metrics("stakeholder.tau", "all")).hasSize(1);
    }

    private Metric worst(String policy, String resampling) {
        return result.metric(
                "policy.worst-off",
                "partition",
                "all",
                "made-from",
                "learned",
                "policy",
                policy,
                "resampling",
                resampling);
    }

    private Metric difference(String policy, String versus, String resampling) {
        return result.metric(
                "policy.worst-off-difference",
                "partition",
                "all",
                "made-from",
                "learned",
                "policy",
                policy,
                "resampling",
                resampling,
                "versus",
                versus);
    }
}
