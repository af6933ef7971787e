package org.polyphony.engine.sample.flawed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.evaluation.Block;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.evaluation.Section;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.testkit.fake.CountingEvaluator;

/// A sound evaluator with one flaw.
@Plugin(role = Evaluator.class, id = "flawed", settings = FlawSettings.class, summary = "Breaks one rule.")
public final class FlawedEvaluator implements Evaluator {

    private static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public EvaluationResult evaluate(EvaluationRequest request, PluginContext context) {
        var flaw = FlawSettings.of(context);
        var heard = flaw == Flaw.EVALUATOR_IGNORES_CANCELLATION ? new DeafContext(context, false) : context;
        var sound = new CountingEvaluator().evaluate(request, heard);
        var metrics = new ArrayList<>(sound.metrics());
        var sections = new ArrayList<>(sound.sections());
        var one = Metric.of("flaw", Map.of(), 1, 1, "1");
        switch (flaw) {
            case EVALUATOR_INTERVAL_UPSIDE_DOWN -> metrics.add(one.withInterval(2, 0));
            case EVALUATOR_HALF_AN_INTERVAL ->
                metrics.add(new Metric("flaw", Map.of(), 1, OptionalDouble.of(0), OptionalDouble.empty(), 1, "1"));
            case EVALUATOR_ENDLESS_INTERVAL -> metrics.add(one.withInterval(0, Double.POSITIVE_INFINITY));
            case EVALUATOR_NEGATIVE_COUNT -> metrics.add(Metric.of("flaw", Map.of(), 1, -1, "1"));
            case EVALUATOR_SHOUTS -> metrics.add(Metric.of("FLAW", Map.of(), 1, 1, "1"));
            case EVALUATOR_MEASURES_TWICE -> metrics.addAll(List.of(one, one));
            case EVALUATOR_WITHOUT_A_UNIT -> metrics.add(Metric.of("flaw", Map.of(), 1, 1, ""));
            case EVALUATOR_MEASURES_NOTHING -> metrics.clear();
            case EVALUATOR_IGNORES_PARTS ->
                metrics.removeIf(metric -> metric.labels().containsKey("partition"));
            case EVALUATOR_ZERO_FOR_MISSING -> metrics.add(Metric.of("heldout.log-loss", Map.of(), 0, 0, "nats"));
            case EVALUATOR_NEEDS_SOLUTIONS ->
                request.games().orElseThrow().solutions().getFirst();
            case EVALUATOR_NEEDS_GAMES ->
                metrics.add(Metric.of(
                        "flaw",
                        Map.of(),
                        request.games().orElseThrow().solutions().size(),
                        1,
                        "1"));
            case EVALUATOR_INVENTS_A_POLICY -> {
                if (request.games().isPresent()
                        && request.games().get().solutions().isEmpty()) {
                    metrics.add(Metric.of("flaw", Map.of("policy", "uniform"), 0.5, 1, "1"));
                }
            }
            case EVALUATOR_INVENTS_PROFILES -> {
                if (request.games().isEmpty()) {
                    metrics.add(Metric.of("heldout.log-loss", Map.of("model", "profiles"), 0, 1, "nats"));
                }
            }
            case EVALUATOR_NEEDS_JUDGMENTS ->
                metrics.add(Metric.of(
                        "flaw",
                        Map.of(),
                        request.judged().orElseThrow().judgments().count(),
                        1,
                        "1"));
            case EVALUATOR_READS_HALVES ->
                metrics.add(Metric.of(
                        "flaw",
                        Map.of(),
                        request.games().map(games -> games.replicas().size()).orElse(0),
                        1,
                        "1"));
            case EVALUATOR_COUNTS_ITS_CALLS ->
                metrics.add(Metric.of("flaw", Map.of(), CALLS.incrementAndGet(), 1, "1"));
            case EVALUATOR_ONE_SECTION_TWICE -> sections.addAll(sound.sections());
            case EVALUATOR_UNNAMED_SECTION ->
                sections.add(Section.of("Flawed section", "Flaw", List.of(new Block.Text("."))));
            case EVALUATOR_EMPTY_SECTION -> sections.add(Section.of("flaw", "Flaw", List.of()));
            case EVALUATOR_RAGGED_TABLE ->
                sections.add(shows(new Block.Table(
                        "", List.of(new Block.Column("a", false)), List.of(new Block.Row(List.of("1", "2"))))));
            case EVALUATOR_PICTURE_WITHOUT_WORDS ->
                sections.add(shows(new Block.Dots(
                        new Block.Caption("Dots", " "),
                        Block.Axis.of("1"),
                        List.of(new Block.Estimate("a", "", 1, OptionalDouble.empty(), OptionalDouble.empty())))));
            case EVALUATOR_DOT_THAT_IS_NO_NUMBER ->
                sections.add(shows(new Block.Bars(
                        new Block.Caption("Bars", "One bar."),
                        Block.Axis.of("1"),
                        List.of(new Block.Estimate(
                                "a", "", Double.NaN, OptionalDouble.empty(), OptionalDouble.empty())))));
            case EVALUATOR_CELL_OUTSIDE ->
                sections.add(shows(new Block.Matrix(
                        new Block.Caption("Matrix", "One cell."),
                        List.of("a"),
                        List.of("b"),
                        List.of(new Block.Cell(0, 1, 1)))));
            case EVALUATOR_EDGE_TO_NOWHERE ->
                sections.add(shows(new Block.Graph(
                        new Block.Caption("Graph", "One arrow."), List.of("a"), List.of(new Block.Edge(0, 1, 1)))));
            case EVALUATOR_PLACE_OUTSIDE ->
                sections.add(shows(new Block.Simplex(
                        new Block.Caption("Simplex", "One place."),
                        List.of("a", "b", "c"),
                        List.of(new Block.Place("", 1, 1, 0)))));
            case EVALUATOR_WRITES_INPUTS ->
                request.judged().orElseThrow().weights().setDouble(0, 0);
            default -> {}
        }
        return EvaluationResult.of(metrics, sections);
    }

    private static Section shows(Block block) {
        return Section.of("flaw", "Flaw", List.of(block));
    }
}
