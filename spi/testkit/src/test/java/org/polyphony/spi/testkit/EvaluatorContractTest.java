package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.evaluation.Block;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.evaluation.Section;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.testkit.fake.CountingEvaluator;

class EvaluatorContractTest {

    @Test
    void contract_evaluatorThatKeepsIt_passes() {
        assertThat(ContractRun.failures(FlawedTestCase.class, "none")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "interval-upside-down, evaluate_study_metricsAreWellFormed",
        "half-an-interval, evaluate_study_metricsAreWellFormed",
        "endless-interval, evaluate_study_metricsAreWellFormed",
        "negative-count, evaluate_study_metricsAreWellFormed",
        "shouts, evaluate_study_metricsAreWellFormed",
        "one-section-twice, evaluate_study_metricsAreWellFormed",
        "unnamed-section, evaluate_study_metricsAreWellFormed",
        "empty-section, evaluate_study_metricsAreWellFormed",
        "ragged-table, evaluate_study_metricsAreWellFormed",
        "picture-without-words, evaluate_study_metricsAreWellFormed",
        "dot-that-is-no-number, evaluate_study_metricsAreWellFormed",
        "cell-outside, evaluate_study_metricsAreWellFormed",
        "edge-to-nowhere, evaluate_study_metricsAreWellFormed",
        "place-outside, evaluate_study_metricsAreWellFormed",
        "measures-twice, evaluate_study_metricsAreWellFormed",
        "measures-nothing, evaluate_study_measuresSomething",
        "ignores-parts, evaluate_byPartition_labelsWhatBelongsToAPart",
        "zero-for-missing, evaluate_nothingHeldOut_leavesOutWhatCannotBeComputed",
        "needs-solutions, evaluate_noSolutions_measuresTheRest",
        "counts-its-calls, evaluate_sameSeedAndMoreThreads_givesTheSame",
        "writes-inputs, evaluate_inputs_areLeftAlone",
        "ignores-cancellation, evaluate_cancelled_stops",
    })
    void contract_evaluatorWithAFlaw_isFound(String flaw, String test) {
        assertThat(ContractRun.fails(FlawedTestCase.class, flaw, test)).isTrue();
    }

    @ExtendWith(ContractRun.Flaws.class)
    static class FlawedTestCase implements EvaluatorContract {

        private final String flaw;

        FlawedTestCase(String flaw) {
            this.flaw = flaw;
        }

        @Override
        public Evaluator evaluator() {
            return new Flawed(flaw);
        }
    }

    /// A sound evaluator with one flaw.
    @Plugin(role = Evaluator.class, id = "flawed", summary = "Breaks one rule.")
    public static final class Flawed implements Evaluator {

        private static final AtomicInteger CALLS = new AtomicInteger();
        private final String flaw;

        Flawed(String flaw) {
            this.flaw = flaw;
        }

        @Override
        public EvaluationResult evaluate(EvaluationRequest request, PluginContext context) {
            if (flaw.equals("ignores-cancellation")) {
                try (var deaf = TestContext.create()) {
                    return new CountingEvaluator().evaluate(request, deaf);
                }
            }
            var sound = new CountingEvaluator().evaluate(request, context);
            var metrics = new ArrayList<>(sound.metrics());
            var sections = new ArrayList<>(sound.sections());
            var one = Metric.of("flaw", Map.of(), 1, 1, "1");
            switch (flaw) {
                case "interval-upside-down" -> metrics.add(one.withInterval(2, 0));
                case "half-an-interval" ->
                    metrics.add(new Metric("flaw", Map.of(), 1, OptionalDouble.of(0), OptionalDouble.empty(), 1, "1"));
                case "endless-interval" -> metrics.add(one.withInterval(0, Double.POSITIVE_INFINITY));
                case "negative-count" -> metrics.add(Metric.of("flaw", Map.of(), 1, -1, "1"));
                case "shouts" -> metrics.add(Metric.of("FLAW", Map.of(), 1, 1, "1"));
                case "measures-twice" -> metrics.addAll(List.of(one, one));
                case "measures-nothing" -> metrics.clear();
                case "ignores-parts" ->
                    metrics.removeIf(metric -> metric.labels().containsKey("partition"));
                case "zero-for-missing" -> metrics.add(Metric.of("heldout.log-loss", Map.of(), 0, 0, "nats"));
                case "needs-solutions" -> request.solutions().getFirst();
                case "counts-its-calls" -> metrics.add(Metric.of("flaw", Map.of(), CALLS.incrementAndGet(), 1, "1"));
                case "one-section-twice" -> sections.addAll(sound.sections());
                case "unnamed-section" ->
                    sections.add(Section.of("Flawed section", "Flaw", List.of(new Block.Text("."))));
                case "empty-section" -> sections.add(Section.of("flaw", "Flaw", List.of()));
                case "ragged-table" ->
                    sections.add(shows(new Block.Table(
                            "", List.of(new Block.Column("a", false)), List.of(new Block.Row(List.of("1", "2"))))));
                case "picture-without-words" ->
                    sections.add(shows(new Block.Dots(
                            new Block.Caption("Dots", " "),
                            Block.Axis.of("1"),
                            List.of(new Block.Estimate("a", "", 1, OptionalDouble.empty(), OptionalDouble.empty())))));
                case "dot-that-is-no-number" ->
                    sections.add(shows(new Block.Bars(
                            new Block.Caption("Bars", "One bar."),
                            Block.Axis.of("1"),
                            List.of(new Block.Estimate(
                                    "a", "", Double.NaN, OptionalDouble.empty(), OptionalDouble.empty())))));
                case "cell-outside" ->
                    sections.add(shows(new Block.Matrix(
                            new Block.Caption("Matrix", "One cell."),
                            List.of("a"),
                            List.of("b"),
                            List.of(new Block.Cell(0, 1, 1)))));
                case "edge-to-nowhere" ->
                    sections.add(shows(new Block.Graph(
                            new Block.Caption("Graph", "One arrow."), List.of("a"), List.of(new Block.Edge(0, 1, 1)))));
                case "place-outside" ->
                    sections.add(shows(new Block.Simplex(
                            new Block.Caption("Simplex", "One place."),
                            List.of("a", "b", "c"),
                            List.of(new Block.Place("", 1, 1, 0)))));
                case "writes-inputs" -> request.training().setByte(0, (byte) 0);
                default -> {}
            }
            return EvaluationResult.of(metrics, sections);
        }

        private static Section shows(Block block) {
            return Section.of("flaw", "Flaw", List.of(block));
        }
    }
}
