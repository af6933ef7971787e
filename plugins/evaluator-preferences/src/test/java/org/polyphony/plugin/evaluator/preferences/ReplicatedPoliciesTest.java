package org.polyphony.plugin.evaluator.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.GameEvidence;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.evaluation.Replica;
import org.polyphony.spi.tensor.Tensor;

/// Policies of a formulation that nobody here knows: the study's own algorithms made them from the training half.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReplicatedPoliciesTest {

    private static final String NAME = "acme/strange";
    private static final EvaluatorSettings SETTINGS = new EvaluatorSettings(
            5,
            new ModelGrid(0.3, 1, List.of(3.0)),
            new CycleGrid(List.of(5.0), 1),
            new Draws(60, 20, 2, 5, 199),
            Optional.empty(),
            50);

    private final EvaluationRequest request = request();
    private final GameEvidence games = request.games().orElseThrow();
    private final Result alone = Result.of(request, SETTINGS);

    private static EvaluationRequest request() {
        var arms = Arms.generate(7, 6, 240, 30, 1.0);
        var training = new byte[arms.judgments().count()];
        Arrays.fill(training, (byte) 1);
        return Studies.of(arms.judgments(), training, "role", 3, 0.1, Optional.of(arms.truth()), Optional.empty());
    }

    @Test
    void halves_replicaOfAStranger_isComparedAndTheOthersAreAsBefore() {
        var result = Result.of(with(half(games.solutions().getFirst())), SETTINGS);

        for (var metric : List.of("policy.worst-off", "policy.worst-off-difference", "unilateral.held-out")) {
            assertThat(named(result, metric, NAME)).as(metric).isNotEmpty();
            assertThat(named(alone, metric, NAME)).isEmpty();
            assertThat(named(result, metric, "population")).isEqualTo(named(alone, metric, "population"));
        }
    }

    @Test
    void halves_replicaWithoutAnswerSomewhere_isLeftOutAndSaysSo() {
        var refusing = refusingTheFirst(games.solutions().getFirst());

        var result = Result.of(with(half(refusing)), SETTINGS);

        assertThat(named(result, "policy.worst-off", NAME)).isEmpty();
        assertThat(named(result, "policy.worst-off", "population"))
                .isEqualTo(named(alone, "policy.worst-off", "population"));
        assertThat(result.result().sentences())
                .filteredOn(finding -> finding.code().equals("policies.left-out"))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.labels()).containsEntry("policy", NAME));
    }

    /// A voting rule may be called as a baseline is: both are told, under names of their own.
    @Test
    void policy_calledAsABaseline_isComparedAndTheBaselineTooUnderAnotherName() {
        var solutions = new ArrayList<>(games.solutions());
        var population = games.solutions().getFirst();
        solutions.add(population.withLabel("borda"));
        var called = half(population, "borda");
        var result = Result.of(
                request.withGames(games.withSolutions(solutions)
                        .withReplicas(Stream.concat(games.replicas().stream(), Stream.of(called))
                                .toList())),
                SETTINGS);

        assertThat(values(result, "policy.worst-off", "borda"))
                .isNotEmpty()
                .isEqualTo(values(Result.of(with(half(population)), SETTINGS), "policy.worst-off", NAME));
        assertThat(values(result, "policy.worst-off", "baseline borda"))
                .isNotEmpty()
                .isEqualTo(values(alone, "policy.worst-off", "borda"));
        assertThat(named(result, "policy.worst-off-difference", "borda"))
                .extracting(metric -> metric.labels().get("versus"))
                .contains("uniform", "baseline borda")
                .doesNotContain("borda");
        assertThat(named(result, "policy.worst-off-difference", "baseline borda"))
                .isEmpty();
    }

    private static List<Double> values(Result result, String name, String policy) {
        return named(result, name, policy).stream().map(Metric::value).toList();
    }

    private EvaluationRequest with(Replica replica) {
        var replicas = new ArrayList<>(games.replicas());
        replicas.add(replica);
        return request.withGames(games.withReplicas(replicas));
    }

    private Replica half(CertifiedSolution solution) {
        return half(solution, NAME);
    }

    private Replica half(CertifiedSolution solution, String label) {
        int judgments = request.judged().orElseThrow().judgments().count();
        int items = request.candidates().items().size();
        return Replica.half(
                Tensor.ofDoubles(new double[judgments], judgments),
                items,
                games.estimate(),
                List.of(solution.withLabel(label)));
    }

    private static CertifiedSolution refusingTheFirst(CertifiedSolution solution) {
        var buckets = solution.solution().buckets().stream()
                .map(bucket -> {
                    var refused = bucket.refused().toBytes();
                    refused[0] = 1;
                    return SolutionBucket.of(
                            bucket.logPolicy(),
                            bucket.tau(),
                            bucket.iterations(),
                            bucket.converged(),
                            Tensor.ofBytes(refused, refused.length));
                })
                .toList();
        return new CertifiedSolution(
                "acme/strange", solution.algorithm(), PolicySolution.of(buckets), solution.certificates());
    }

    private static List<Metric> named(Result result, String name, String policy) {
        return result.result().metrics().stream()
                .filter(metric -> metric.name().equals(name)
                        && policy.equals(metric.labels().get("policy")))
                .toList();
    }
}
