package org.polyphony.plugin.evaluator.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.evaluation.JudgedEvidence;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.profile.Seat;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.tensor.Tensor;

/// What is measured where no algorithm made a policy, and where no profiler learned anything.
final class MeasuredJudgmentsTest {
    private static final EvaluatorSettings SETTINGS = new EvaluatorSettings(
            5,
            new ModelGrid(0.3, 1, List.of(3.0)),
            new CycleGrid(List.of(5.0), 1),
            new Draws(30, 10, 2, 5, 199),
            Optional.empty(),
            50);

    private final Arms arms = Arms.generate(7, 4, 120, 20, 1.0);
    private final EvaluationRequest solved = Studies.of(
            arms.judgments(),
            Result.all(arms.judgments().count()),
            "role",
            3,
            0.1,
            Optional.of(arms.truth()),
            Optional.empty());

    private EvaluationRequest alone() {
        var judged = solved.judged().orElseThrow();
        return EvaluationRequest.of(solved.candidates())
                .withJudged(JudgedEvidence.of(judged.judgments(), judged.weights(), judged.seating()))
                .withTruth(solved.truth());
    }

    private static Set<String> families(Result result) {
        return result.result().metrics().stream()
                .map(metric -> metric.name().replaceAll("\\..*", ""))
                .collect(Collectors.toSet());
    }

    @Test
    void evaluate_judgmentsAlone_measuresTheseAndNothingThatIsNotThere() {
        var result = Result.of(alone(), SETTINGS);
        assertThat(families(result))
                .contains("coverage", "agreement", "order", "groups", "fit", "placebo")
                .doesNotContain("policy", "unilateral", "winner", "stakeholder", "heldout", "disagreement", "truth");
        assertThat(result.result().sentences())
                .extracting(Headline::sentence)
                .as("nothing is said of what was not computed")
                .noneMatch(sentence -> sentence.contains("NaN") || sentence.contains("eps*"));
        assertThat(result.codes("all")).doesNotContain("policies.compared", "policies.no-winner-named");
        assertThat(result.value("coverage.judges", "partition", "all", "stakeholder", "everyone"))
                .isEqualTo(120);
        assertThat(result.value("coverage.pairs", "partition", "all", "stakeholder", "everyone"))
                .isBetween(0.9, 1.0);
    }

    /// Seats differ and one seat's people are drawn from one preference: they agree more among themselves.
    @Test
    void evaluate_seatsThatDiffer_agreeMoreWithinThanBetween() {
        var result = Result.of(alone(), SETTINGS);
        double between = result.value("agreement.between-seats", "partition", "all");
        for (var role : Arms.ROLES) {
            assertThat(result.value("agreement.pairs", "partition", "all", "stakeholder", role))
                    .isGreaterThan(between);
        }
        assertThat(result.value("order.first-preferred", "partition", "all", "stakeholder", "everyone"))
                .isCloseTo(0.5, within(0.03));
    }

    @Test
    void evaluate_profilesWithoutSolutions_areHeldAgainstJudgesTheyDidNotLearnFrom() {
        var games = solved.games().orElseThrow();
        var result = Result.of(
                solved.withGames(games.withSolutions(List.of())
                        .withReplicas(games.replicas().stream()
                                .map(half -> org.polyphony.spi.evaluation.Replica.half(
                                        half.weights(),
                                        solved.candidates().items().size(),
                                        half.estimate(),
                                        List.of()))
                                .toList())),
                SETTINGS);
        assertThat(families(result))
                .contains("heldout", "disagreement", "truth")
                .doesNotContain("policy", "unilateral", "winner", "stakeholder");
        double profiles = result.value(
                "heldout.log-loss", "partition", "all", "model", "profiles-of-half", "stakeholder", "everyone");
        assertThat(profiles)
                .as("better than a constant on judges of the other half")
                .isLessThan(result.value(
                        "heldout.log-loss", "partition", "all", "model", "constant", "stakeholder", "everyone"));
    }

    /// The one seat that everyone shares is everyone: its figures are told once.
    @Test
    void evaluate_oneSeatForEveryone_tellsNothingTwice() {
        var judged = solved.judged().orElseThrow();
        var request = EvaluationRequest.of(solved.candidates())
                .withJudged(JudgedEvidence.of(
                        judged.judgments(),
                        judged.weights(),
                        Seating.of(List.of(new Seat("everyone", java.util.Map.of())))));
        var metrics = Result.of(request, SETTINGS).result().metrics();
        assertThat(metrics.stream().map(metric -> metric.name() + metric.labels()))
                .doesNotHaveDuplicates();
        assertThat(metrics)
                .filteredOn(metric -> metric.name().equals("agreement.pairs"))
                .hasSize(1);
        assertThat(metrics).extracting(Metric::name).doesNotContain("agreement.between-seats");
    }

    @Test
    void evaluate_features_saysHowAlikeCandidatesAre() {
        int m = solved.candidates().ids().size();
        // of each item the first candidate points one way and all others another: 5 of 15 pairs are at right angles
        var vectors = new double[2 * m];
        for (int i = 0; i < m; i++) {
            vectors[2 * i + (i % 6 == 0 ? 0 : 1)] = 3 + i;
        }
        var result = Result.of(alone().withFeatures(Optional.of(Tensor.ofDoubles(vectors, m, 2))), SETTINGS);
        assertThat(result.metrics("candidates.similarity", "all")).hasSize(1 + 8);
        assertThat(result.value("candidates.similarity", "partition", "all")).isCloseTo(10.0 / 15, within(1e-12));
        Arrays.fill(vectors, 0);
        var zeros = Result.of(alone().withFeatures(Optional.of(Tensor.ofDoubles(vectors, m, 2))), SETTINGS);
        assertThat(zeros.metrics("candidates.similarity", "all"))
                .as("a vector of zeros has no direction")
                .isEmpty();
    }
}
