package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.evaluation.JudgedEvidence;
import org.polyphony.spi.evaluation.Replica;
import org.polyphony.spi.plugin.Determinism;
import org.polyphony.spi.plugin.Need;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.contract.WellFormed;

/// What every [Evaluator] must do. Implement [#evaluator] and inherit the tests.
public interface EvaluatorContract extends PluginContract {

    /// A fresh instance of the evaluator under test.
    Evaluator evaluator();

    /// A finished study to measure; [TestStudies#study] unless overridden, for example because the evaluator
    /// reads a certain profile artefact.
    default EvaluationRequest study() {
        return TestStudies.study(51);
    }

    @Override
    default Object plugin() {
        return evaluator();
    }

    @Test
    default void evaluate_study_metricsAreWellFormed() {
        assertWellFormed(evaluate(study(), 2));
    }

    @Test
    default void evaluate_study_measuresSomething() {
        assertThat(evaluate(study(), 2).metrics()).isNotEmpty();
    }

    @Test
    default void evaluate_byPartition_labelsWhatBelongsToAPart() {
        var study = study();
        var arms = study.candidates().attributes().ofItems();
        if (!arms.isEmpty()) {
            var result =
                    evaluate(study.withPartition(Optional.of(arms.getFirst().name())), 2);
            assertWellFormed(result);
            assertThat(result.metrics())
                    .filteredOn(metric -> metric.labels().containsKey("partition"))
                    .extracting(metric -> metric.labels().get("partition"))
                    .as("labels name the parts")
                    .containsAll(arms.getFirst().values());
        }
    }

    @Test
    default void evaluate_nothingHeldOut_leavesOutWhatCannotBeComputed() {
        var study = study();
        var judged = study.judged().orElseThrow();
        var none = TestJudgments.training(judged.judgments().count(), 0);
        var result = evaluate(study.withJudged(judged.withWeights(none)), 2);
        assertWellFormed(result);
        assertThat(result.metrics())
                .as("nothing is held out, so nothing held out is measured")
                .noneMatch(metric -> metric.name().startsWith("heldout."));
    }

    /// A study without an algorithm has games that nobody solved, and no policy of which anything could be told.
    @Test
    default void evaluate_noSolutions_measuresTheRest() {
        var study = study();
        var result = evaluate(study.withGames(study.games().orElseThrow().withSolutions(List.of())), 2);
        assertWellFormed(result);
        assertNoPolicy(result);
    }

    /// A study without a profiler has judgments alone.
    @Test
    default void evaluate_noGames_measuresTheRest() {
        var study = study();
        var judged = study.judged().orElseThrow();
        var said = EvaluationRequest.of(study.candidates())
                .withJudged(JudgedEvidence.of(judged.judgments(), judged.weights(), judged.seating()));
        var result = evaluate(said, 2);
        assertWellFormed(result);
        assertNoPolicy(result);
        assertThat(result.metrics())
                .as("nobody estimated anything, so no estimate is held against what people said")
                .noneMatch(metric -> metric.name().startsWith("heldout.")
                        && metric.labels().getOrDefault("model", "").startsWith("profiles"));
    }

    private static void assertNoPolicy(EvaluationResult result) {
        assertThat(result.metrics())
                .as("no policy was made, so nothing is measured of one")
                .noneMatch(metric ->
                        metric.labels().containsKey("policy") || metric.labels().containsKey("formulation"));
    }

    /// Policies can be measured where nobody said anything.
    @Test
    default void evaluate_noJudgments_measuresTheRest() {
        var study = study();
        assertWellFormed(evaluate(
                EvaluationRequest.of(study.candidates()).withGames(study.games().orElseThrow()), 2));
    }

    /// What the study makes of half of its judges, of formulations that the evaluator may not know.
    @Test
    default void evaluate_replicaOfAHalf_isMeasuredOrLeft() {
        var study = study();
        var games = study.games().orElseThrow();
        int judgments = study.judged().orElseThrow().judgments().count();
        int items = study.candidates().items().size();
        var strange = games.solutions().stream()
                .map(solution -> solution.withLabel("vendor/strange"))
                .limit(1)
                .toList();
        var half = Replica.half(Tensor.ofDoubles(new double[judgments], judgments), items, games.estimate(), strange);
        assertWellFormed(evaluate(study.withGames(games.withReplicas(List.of(half))), 2));
    }

    /// What came of half of the judges is shown to those alone that say they need it.
    @Test
    default void evaluate_halvesNotDeclared_areNotRead() {
        Assumptions.assumeFalse(List.of(declared().needs()).contains(Need.HALVES), "it declares that it needs halves");
        assumePromised(Determinism.SEEDED);
        var study = study();
        var games = study.games().orElseThrow();
        int judgments = study.judged().orElseThrow().judgments().count();
        int items = study.candidates().items().size();
        var half = Replica.half(
                Tensor.ofDoubles(new double[judgments], judgments), items, games.estimate(), games.solutions());
        PluginContract.assertSame(
                evaluate(study.withGames(games.withReplicas(List.of(half))), 1),
                evaluate(study.withGames(games.withReplicas(List.of())), 1),
                "@Plugin does not say needs = HALVES, and what the study makes of half of its judges is read");
    }

    @Test
    default void evaluate_sameSeedAndMoreThreads_givesTheSame() {
        assumePromised(Determinism.EXACT);
        var study = study();
        var one = evaluate(study, 1);
        PluginContract.assertSame(evaluate(study, 1), one, "evaluate twice");
        PluginContract.assertSame(evaluate(study, 5), one, "evaluate on five threads");
    }

    @Test
    default void evaluate_inputs_areLeftAlone() {
        try (var context = context()) {
            var shared = context.share(study());
            evaluator().evaluate(shared, context);
            PluginContract.assertSame(shared, study(), "inputs are read-only");
        }
    }

    @Test
    default void evaluate_littleMemory_isToldAsSuch() {
        var study = study();
        var evaluator = evaluator();
        PluginContract.assertBearsLittleMemory(
                this::context, context -> evaluator.evaluate(context.share(study), context));
    }

    @Test
    default void evaluate_cancelled_stops() {
        try (var context = context().cancel()) {
            assertThatExceptionOfType(AlignmentException.class)
                    .as("evaluate must call checkCancelled now and then")
                    .isThrownBy(() -> evaluator().evaluate(context.share(study()), context))
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.CANCELLED));
        }
    }

    private EvaluationResult evaluate(EvaluationRequest study, int threads) {
        try (var context = context().withThreads(threads)) {
            return PluginContract.taken(evaluator().evaluate(context.share(study), context));
        }
    }

    private static void assertWellFormed(EvaluationResult result) {
        assertThat(WellFormed.evaluation(result))
                .as("what is wrong with metrics and sections")
                .isEmpty();
    }
}
