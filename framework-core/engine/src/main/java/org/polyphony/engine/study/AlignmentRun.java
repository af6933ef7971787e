package org.polyphony.engine.study;

import static org.polyphony.spi.error.StandardErrorCode.COLUMN_MISSING;
import static org.polyphony.spi.error.StandardErrorCode.JUDGMENTS_EMPTY;
import static org.polyphony.spi.error.StandardErrorCode.VALUE_INVALID;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.polyphony.engine.certify.Certification;
import org.polyphony.engine.certify.SealedGames;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.evaluation.Replica;
import org.polyphony.spi.evaluation.Section;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.safety.VerifiedContext;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.settings.NearestName;
import org.polyphony.trust.UniversalConstraints;
import org.polyphony.verify.Certifiers;

/// One study, from judgments to what they mean for whom. [#execute] is the whole data path.
public final class AlignmentRun implements AutoCloseable {

    private final StudyPlan plan;
    private final Stages stages;
    private final CandidateReview candidateReview;

    AlignmentRun(StudyPlan plan, Stages stages, UniversalConstraints constraints) {
        this.plan = plan;
        this.stages = stages;
        this.candidateReview = new CandidateReview(constraints, stages);
    }

    /// Runs the study. The outcome's tensors live until this run is closed.
    public StudyOutcome execute() {
        var data = read();
        var judgments = data.judgments();
        var training = JudgmentSplit.training(judgments, plan.split());
        var comparisons =
                Comparisons.of(judgments, judgments.attribute(plan.seats().attribute()), n -> training.getByte(n) == 1);
        comparisons.issue().ifPresent(stages::report);
        var profiles = fit(judgments, training);
        var review = candidateReview.review(judgments.candidates(), plan.norms(), new VerifiedContext(plan.context()));
        review.unchecked().ifPresent(stages::report);
        var features = CandidateFeatures.encode(judgments.candidates(), plan.encoders(), stages);
        GameAssembly.Playable playable = (item, candidate) -> review.allowed(candidate) && comparisons.anyOf(item);
        var policies = new StudyPolicies(
                plan,
                stages,
                judgments.candidates(),
                () -> assemble(judgments, training, prefer(profiles, judgments), playable, features));
        var uniform = Certification.uniform(policies.lent().games());
        var solutions = policies.solve();
        var replicas = replicas(judgments, playable, features);
        var evaluation = headed(
                Stream.concat(comparisons.headline().stream(), review.headline().stream()),
                evaluate(data, training, profiles, policies, solutions, replicas));
        return new StudyOutcome(
                plan,
                data,
                JudgmentSplit.count(training),
                review,
                policies.lent().estimate(),
                policies.lent().games(),
                uniform,
                solutions,
                evaluation,
                stages.plugins(),
                stages.settings(),
                stages.issues());
    }

    private LentGames assemble(
            Judgments judgments,
            Tensor training,
            PreferenceEstimate estimate,
            GameAssembly.Playable playable,
            Optional<Tensor> features) {
        var candidates = judgments.candidates();
        GameAssembly.requirePreferences(
                estimate, candidates, seats(judgments), plan.profiler().plugin());
        var ballots = RankingBallots.of(
                judgments, training, judgments.attribute(plan.seats().attribute()), estimate.stakeholders());
        return new LentGames(
                estimate,
                SealedGames.of(
                        GameAssembly.games(estimate, candidates, plan.seats().weights(), playable, features, ballots)));
    }

    /// Reads the judgments only.
    public PreferenceData read() {
        var data = EveryoneSeat.seated(stages.read(plan.source()), plan.seats());
        var judgments = data.judgments();
        if (judgments.count() == 0) {
            throw new AlignmentException(
                    JUDGMENTS_EMPTY,
                    "source '" + plan.source().plugin() + "' read no judgment; check its settings and files");
        }
        if (judgments.attribute(plan.seats().attribute()) < 0) {
            var read = judgments.attributes().stream()
                    .map(Judgments.GroupAttribute::name)
                    .toList();
            throw new AlignmentException(
                    COLUMN_MISSING,
                    "no attribute '" + plan.seats().attribute() + "' to give seats by; the source read "
                            + (read.isEmpty() ? "none" : String.join(", ", read))
                            + "; name one of them or leave 'seats' out: then everyone shares one");
        }
        // before anything is fitted: what cannot be left out or encoded is told at once
        plan.unseen().ifPresent(unseen -> Folds.of(judgments.candidates(), unseen.leaveOut()));
        if (!plan.encoders().isEmpty()) {
            CandidateFeatures.requireTexts(judgments.candidates());
        }
        return data;
    }

    private List<String> seats(Judgments judgments) {
        int attribute = judgments.attribute(plan.seats().attribute());
        var levels = judgments.attributes().get(attribute).levels();
        var seats = plan.seats().levels().isEmpty() ? levels : plan.seats().levels();
        for (var seat : seats) {
            if (!levels.contains(seat)) {
                throw new AlignmentException(
                        VALUE_INVALID,
                        "no level '" + seat + "' of attribute '" + plan.seats().attribute() + "'"
                                + NearestName.hint(seat, levels) + "; there are " + levels);
            }
        }
        for (var weighted : plan.seats().weights().keySet()) {
            if (!seats.contains(weighted)) {
                throw new AlignmentException(
                        VALUE_INVALID,
                        "a weight for '" + weighted + "', which has no seat" + NearestName.hint(weighted, seats)
                                + "; seats are " + seats);
            }
        }
        return seats;
    }

    private Artefact fit(Judgments judgments, Tensor training) {
        return stages.fit(
                plan.profiler(),
                new FitRequest(judgments, training, plan.seats().attribute(), seats(judgments), Optional.empty()));
    }

    private PreferenceEstimate prefer(Artefact profiles, Judgments judgments) {
        return stages.prefer(
                plan.profiler(),
                profiles,
                new PreferRequest(judgments.candidates(), seats(judgments), Optional.empty()));
    }

    /// Where nothing is held out, evaluators make policies anew from half of the judges, of the formulations that are
    /// proved. The others are made here, by their own algorithms.
    private List<Replica> replicas(Judgments judgments, GameAssembly.Playable playable, Optional<Tensor> features) {
        var unproved = plan.policies().stream()
                .filter(policy -> Certifiers.of(policy.formulation()).isEmpty())
                .toList();
        var half = JudgmentSplit.training(judgments, StudyPlan.Split.HALF);
        int learned = JudgmentSplit.count(half);
        if (unproved.isEmpty()
                || plan.evaluators().isEmpty()
                || plan.split() != StudyPlan.Split.ALL
                || learned == 0
                || learned == judgments.count()) {
            return List.of();
        }
        try {
            var profiles = fit(judgments, half);
            var policies = new StudyPolicies(
                    plan,
                    stages,
                    judgments.candidates(),
                    () -> assemble(judgments, half, prefer(profiles, judgments), playable, features));
            var solutions = policies.solve(unproved, "from half of the judges");
            var weights = IntStream.range(0, judgments.count())
                    .mapToDouble(half::getByte)
                    .toArray();
            var answered = new byte[judgments.candidates().items().size()];
            Arrays.fill(answered, (byte) 1);
            return List.of(new Replica(
                    Replica.HALF,
                    0,
                    Tensor.ofDoubles(weights, weights.length),
                    Tensor.ofBytes(answered, answered.length),
                    policies.lent().estimate(),
                    solutions));
        } catch (AlignmentException e) {
            if (e.code().fault() != ErrorCode.Fault.PLUGIN) {
                throw e;
            }
            stages.report(Issue.warning(
                    e.code().name(),
                    "nothing is learned from half of the judges: " + e.getMessage(),
                    plan.profiler().path()));
            return List.of();
        }
    }

    private EvaluationResult evaluate(
            PreferenceData data,
            Tensor training,
            Artefact profiles,
            StudyPolicies policies,
            List<CertifiedSolution> solutions,
            List<Replica> replicas) {
        var metrics = new ArrayList<Metric>();
        var sections = new ArrayList<Section>();
        for (var evaluator : plan.evaluators()) {
            policies.guarded(
                            evaluator,
                            "what '" + evaluator.plugin() + "' measures",
                            () -> stages.evaluate(
                                    evaluator,
                                    new EvaluationRequest(
                                            data.judgments(),
                                            training,
                                            plan.seats().attribute(),
                                            profiles,
                                            policies.lent().estimate(),
                                            policies.lent().games(),
                                            solutions,
                                            data.truth(),
                                            plan.partition(),
                                            replicas)))
                    .ifPresent(result -> {
                        metrics.addAll(result.metrics());
                        sections.addAll(result.sections());
                    });
        }
        return EvaluationResult.of(metrics, sections);
    }

    // what the engine itself found comes first: it decides what the evaluators' sections are worth
    private static EvaluationResult headed(Stream<Headline> first, EvaluationResult result) {
        var known = first.toArray(Headline[]::new);
        if (known.length == 0) {
            return result;
        }
        var sections = new ArrayList<>(result.sections());
        sections.addFirst(Section.of("first", "To know first", List.of()).with(known));
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
