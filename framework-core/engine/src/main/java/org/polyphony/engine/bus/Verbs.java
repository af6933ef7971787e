package org.polyphony.engine.bus;

import java.util.List;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.model.CompletionRequest;
import org.polyphony.spi.model.CompletionScores;
import org.polyphony.spi.model.EncodeRequest;
import org.polyphony.spi.model.Encodings;
import org.polyphony.spi.model.GenerationRequest;
import org.polyphony.spi.model.Generations;
import org.polyphony.spi.model.LanguageModel;
import org.polyphony.spi.model.TextEncoder;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.preference.SourceRequest;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.tensor.Tensor;

/// Every verb that crosses the bus.
public final class Verbs {

    /// Reads judgments.
    public static final Verb<SourceRequest, PreferenceData> READ = Verb.of(
            PreferenceSource.class,
            "source",
            "read",
            SourceRequest.class,
            PreferenceData.class,
            PreferenceSource::read);

    /// Fits profiles to judgments.
    public static final Verb<FitRequest, Artefact> FIT =
            Verb.of(ValueProfiler.class, "profiler", "fit", FitRequest.class, Artefact.class, ValueProfiler::fit);

    /// Opens profiles and asks what they predict.
    public static final Verb<PreferCall, PreferenceEstimate> PREFER = Verb.of(
            ValueProfiler.class,
            "profiler",
            "prefer",
            PreferCall.class,
            PreferenceEstimate.class,
            (profiler, call, context) -> profiler.open(call.profiles(), context).prefer(call.request(), context));

    /// Solves games.
    public static final Verb<AlignmentRequest, PolicySolution> ALIGN = Verb.of(
            AlignmentAlgorithm.class,
            "algorithm",
            "align",
            AlignmentRequest.class,
            PolicySolution.class,
            AlignmentAlgorithm::align);

    /// Opens a policy and scores candidates.
    public static final Verb<ScoreCall, PolicyScores> SCORE = Verb.of(
            PolicyScorer.class,
            "scorer",
            "score",
            ScoreCall.class,
            PolicyScores.class,
            (scorer, call, context) -> new PolicyScores(
                    scorer.open(call.policy(), context).score(call.features(), call.allowed(), context)));

    /// Reviews candidates.
    public static final Verb<ReviewRequest, ReviewResult> REVIEW = Verb.of(
            SafetyLayer.class, "safety", "review", ReviewRequest.class, ReviewResult.class, SafetyLayer::review);

    /// Measures a study.
    public static final Verb<EvaluationRequest, EvaluationResult> EVALUATE = Verb.of(
            Evaluator.class,
            "evaluator",
            "evaluate",
            EvaluationRequest.class,
            EvaluationResult.class,
            Evaluator::evaluate);

    /// Encodes texts.
    public static final Verb<EncodeRequest, Encodings> ENCODE =
            Verb.of(TextEncoder.class, "encoder", "encode", EncodeRequest.class, Encodings.class, TextEncoder::encode);

    /// Proposes candidates.
    public static final Verb<GenerationRequest, Generations> GENERATE = Verb.of(
            LanguageModel.class,
            "model",
            "generate",
            GenerationRequest.class,
            Generations.class,
            LanguageModel::generate);

    /// Scores completions.
    public static final Verb<CompletionRequest, CompletionScores> LOG_PROBABILITIES = Verb.of(
            LanguageModel.class,
            "model",
            "logProbabilities",
            CompletionRequest.class,
            CompletionScores.class,
            LanguageModel::logProbabilities);

    private static final List<Verb<?, ?>> ALL =
            List.of(READ, FIT, PREFER, ALIGN, SCORE, REVIEW, EVALUATE, ENCODE, GENERATE, LOG_PROBABILITIES);

    private Verbs() {}

    /// All verbs of all roles.
    public static List<Verb<?, ?>> all() {
        return ALL;
    }

    /// The verbs of the role whose interface is `role`.
    public static List<Verb<?, ?>> of(Class<?> role) {
        return ALL.stream().filter(verb -> verb.role() == role).toList();
    }

    /// Profiles, and what they are asked.
    ///
    /// @param profiles an artefact of the same profiler
    /// @param request whose preferences about which candidates
    public record PreferCall(Artefact profiles, PreferRequest request) {}

    /// A policy, and the candidates to score.
    ///
    /// @param policy an artefact that the scorer can open
    /// @param features FLOAT64, shape (B, K, D)
    /// @param allowed UINT8, shape (B, K)
    public record ScoreCall(Artefact policy, Tensor features, Tensor allowed) {}

    /// What a policy says about candidates.
    ///
    /// @param logPolicy FLOAT64, shape (B, K); −∞ where not allowed
    public record PolicyScores(Tensor logPolicy) {}
}
