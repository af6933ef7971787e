package org.polyphony.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.polyphony.engine.certify.SealedGames;
import org.polyphony.engine.game.GameAssembly;
import org.polyphony.engine.game.LentGames;
import org.polyphony.engine.game.RankingBallots;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.evaluation.JudgedEvidence;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.evaluation.Replica;
import org.polyphony.spi.evaluation.Section;
import org.polyphony.spi.plugin.Need;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.safety.VerifiedContext;
import org.polyphony.trust.UniversalConstraints;

/// One study, from judgments to what they mean for whom. [#execute] is the whole data path.
public final class AlignmentRun implements AutoCloseable {

    private final StudyPlan plan;
    private final Stages stages;
    private final Learning learning;
    private final CandidateReview candidateReview;

    AlignmentRun(StudyPlan plan, Stages stages, UniversalConstraints constraints) {
        this.plan = plan;
        this.stages = stages;
        this.learning = new Learning(plan, stages);
        this.candidateReview = new CandidateReview(constraints, stages);
    }

    /// Runs the study. The outcome's tensors live until this run is closed.
    public StudyOutcome execute() {
        var learned = learning.learn(plan.people().split());
        var data = learned.data();
        var judgments = data.judgments();
        var fit = learned.fit();
        var seating = fit.seating();
        var weights = fit.weights();
        var features = fit.data().features();
        var profiles = learned.profiles();
        var comparisons = learned.comparisons();
        var review = candidateReview.review(
                judgments.candidates(),
                plan.solving().norms(),
                new VerifiedContext(plan.solving().context()));
        var playable = new PlayableItems(review, comparisons, judgments.candidates());
        var first = new ArrayList<>(comparisons.headline().stream().toList());
        if (plan.solves()) {
            Stream.of(review.unchecked(), playable.issue())
                    .flatMap(Optional::stream)
                    .forEach(stages::report);
            Stream.of(review.headline(), playable.headline())
                    .flatMap(Optional::stream)
                    .forEach(first::add);
        } else {
            first.addFirst(measuresOnly());
        }
        var policies = profiles.map(opened -> policies(fit, opened, playable));
        policies.ifPresent(StudyPolicies::solve);
        var said = JudgedEvidence.of(judgments, weights, seating);
        var evaluation = evaluate(
                EvaluationRequest.of(judgments.candidates())
                        .withFeatures(features)
                        .withJudged(profiles.map(said::withProfiles).orElse(said))
                        .withTruth(data.truth())
                        .withPartition(plan.measuring().partition()),
                policies,
                policies.map(made -> replicas(fit.data(), seating, playable, made))
                        .orElse(List.of()));
        return new StudyOutcome(
                plan,
                data,
                new StudyOutcome.People(
                        seating.ids(),
                        GameAssembly.weights(
                                seating.ids(), plan.people().seats().weights()),
                        profiles.isPresent() ? JudgmentSplit.count(weights) : 0),
                new StudyOutcome.Answers(
                        review, policies.filter(_ -> plan.solves()).map(StudyPolicies::solved)),
                headed(first, evaluation),
                new StudyOutcome.Setup(stages.plugins(), stages.settings()),
                stages.issues());
    }

    private Headline measuresOnly() {
        return Headline.of(
                "study.measures",
                Map.of(),
                plan.people().profiler().isPresent()
                        ? "This study measures and decides nothing: it names a profiler, so preferences are estimated, and"
                                + " no algorithm, so no game is solved and there is no policy and no certificate."
                        : "This study measures what people said and decides nothing: it names no profiler, so nobody's"
                                + " preferences are estimated, and no algorithm, so there is no policy and no certificate.");
    }

    // the games of what was learned are assembled again where a plugin rewrote them
    private StudyPolicies policies(FitRequest learned, Artefact profiles, GameAssembly.Playable playable) {
        var candidates = learned.judgments().candidates();
        var ballots = RankingBallots.of(learned.judgments(), learned.weights(), learned.seating());
        var asked = PreferRequest.ofSeats(candidates, learned.seating().ids())
                .withFeatures(learned.data().features());
        var predicted = new PredictedGames(plan, stages, learned, asked, playable);
        var assembly = (Supplier<LentGames>) () -> {
            var estimate = stages.prefer(plan.people().profiler().orElseThrow(), profiles, asked);
            return new LentGames(
                    estimate,
                    SealedGames.of(GameAssembly.games(
                            estimate,
                            candidates,
                            plan.people().seats().weights(),
                            playable,
                            learned.data().features(),
                            ballots)));
        };
        return new StudyPolicies(plan, stages, candidates, assembly, predicted);
    }

    /// Reads the judgments only.
    public PreferenceData read() {
        return learning.read();
    }

    /// The study from half of its judges, by its own profiler and algorithms, so that what it makes of these can be
    /// measured on the others, whoever made it. One that held them out is that half itself.
    private List<Replica> replicas(
            JudgedData judged, Seating seating, GameAssembly.Playable playable, StudyPolicies policies) {
        var profiler = plan.people().profiler().orElseThrow();
        var half = JudgmentSplit.weights(judged.judgments(), StudyPlan.Split.HALF);
        int learned = JudgmentSplit.count(half);
        if (plan.measuring().evaluators().stream().noneMatch(evaluator -> stages.needs(evaluator, Need.HALVES))
                || learned == 0
                || learned == judged.judgments().count()) {
            return List.of();
        }
        int items = judged.judgments().candidates().items().size();
        // what has failed once is not asked again, and what answers items it has not seen is a replica already
        var seen = policies.solutions().stream()
                .filter(solution -> solution.leftOut().isEmpty())
                .toList();
        if (plan.people().split() == StudyPlan.Split.HALF) {
            return List.of(Replica.half(half, items, policies.lent().estimate(), seen));
        }
        var again = plan.solving().policies().stream()
                .filter(policy ->
                        seen.stream().anyMatch(solution -> solution.label().equals(policy.label())))
                .toList();
        try (var _ = stages.part("from half of the judges")) {
            var fit = new FitRequest(judged, half, seating);
            var halved = policies(fit, stages.fit(profiler, fit), playable);
            var solved = halved.solve(again);
            return List.of(Replica.half(half, items, halved.lent().estimate(), solved));
        } catch (AlignmentException e) {
            if (e.code().fault() != ErrorCode.Fault.PLUGIN) {
                throw e;
            }
            stages.report(Issue.warning(
                    e.code().name(), "nothing is learned from half of the judges: " + e.getMessage(), profiler.path()));
            return List.of();
        }
    }

    private EvaluationResult evaluate(
            EvaluationRequest request, Optional<StudyPolicies> policies, List<Replica> replicas) {
        var metrics = new ArrayList<Metric>();
        var sections = new ArrayList<Section>();
        for (var evaluator : plan.measuring().evaluators()) {
            var what = "what '" + evaluator.plugin() + "' measures";
            policies.map(made -> made.guarded(
                            evaluator,
                            what,
                            () -> stages.evaluate(
                                    evaluator,
                                    request.withGames(made.evidence(
                                            stages.needs(evaluator, Need.HALVES) ? replicas : List.of())))))
                    .orElseGet(() -> alone(evaluator, what, request))
                    .ifPresent(result -> {
                        metrics.addAll(result.metrics());
                        sections.addAll(result.sections());
                    });
        }
        return EvaluationResult.of(metrics, sections);
    }

    // no game is lent, so none can be rewritten
    private Optional<EvaluationResult> alone(PluginUse evaluator, String what, EvaluationRequest request) {
        try {
            return Optional.of(stages.evaluate(evaluator, request));
        } catch (AlignmentException e) {
            if (e.code().fault() != ErrorCode.Fault.PLUGIN) {
                throw e;
            }
            stages.report(Issue.warning(e.code().name(), what + " is left out: " + e.getMessage(), evaluator.path()));
            return Optional.empty();
        }
    }

    // what the engine itself found comes first: it decides what the evaluators' sections are worth
    private static EvaluationResult headed(List<Headline> first, EvaluationResult result) {
        if (first.isEmpty()) {
            return result;
        }
        var sections = new ArrayList<>(result.sections());
        sections.addFirst(Section.of("first", "To know first", List.of()).with(first.toArray(Headline[]::new)));
        return EvaluationResult.of(result.metrics(), sections);
    }

    /// Cancels the run, from any thread.
    public void cancel() {
        stages.cancel();
    }

    /// Frees the outcome's tensors and gives the leases back.
    @Override
    public void close() {
        stages.close();
    }
}
