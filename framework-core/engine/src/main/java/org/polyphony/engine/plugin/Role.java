package org.polyphony.engine.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.Encodings;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.model.CompletionRequest;
import org.polyphony.spi.model.CompletionScores;
import org.polyphony.spi.model.GenerationRequest;
import org.polyphony.spi.model.Generations;
import org.polyphony.spi.model.LanguageModel;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.preference.SourceRequest;
import org.polyphony.spi.profile.AdaptRequest;
import org.polyphony.spi.profile.AdaptiveProfiles;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.NextRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Questions;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.ValueProfiles;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.tensor.Tensor;

/// What a plugin can be: a role interface, its name in files, on the command line and in addresses, what it can be
/// asked, and a small call that every plugin of the role must answer before it is used.
public enum Role {
    /// Reads judgments.
    SOURCE("source", PreferenceSource.class),
    /// Learns value profiles.
    PROFILER("profiler", ValueProfiler.class),
    /// Solves preference games.
    ALGORITHM("algorithm", AlignmentAlgorithm.class),
    /// Opens policies.
    SCORER("scorer", PolicyScorer.class),
    /// Narrows what may be shown in a context.
    SAFETY("safety", SafetyLayer.class),
    /// Measures.
    EVALUATOR("evaluator", Evaluator.class),
    /// Generates and scores texts.
    MODEL("model", LanguageModel.class),
    /// Encodes texts as features.
    ENCODER("encoder", TextEncoder.class);

    /// Reads judgments.
    public static final Verb<SourceRequest, PreferenceData> READ = Verb.of(
            SOURCE, PreferenceSource.class, "read", SourceRequest.class, PreferenceData.class, PreferenceSource::read);

    /// Fits profiles to judgments.
    public static final Verb<FitRequest, Artefact> FIT =
            Verb.of(PROFILER, ValueProfiler.class, "fit", FitRequest.class, Artefact.class, ValueProfiler::fit);

    /// Asks opened profiles what they predict.
    public static final Verb<PreferCall, PreferenceEstimate> PREFER = Verb.ofOpened(
            PROFILER,
            ValueProfiler.class,
            "prefer",
            PreferCall.class,
            PreferenceEstimate.class,
            PreferCall::profiles,
            ValueProfiler::open,
            (profiles, call, context) -> profiles.prefer(call.request(), context));

    /// Teaches opened profiles a person.
    public static final Verb<AdaptCall, Artefact> ADAPT = Verb.ofOpened(
            PROFILER,
            ValueProfiler.class,
            "adapt",
            AdaptCall.class,
            Artefact.class,
            AdaptCall::profiles,
            ValueProfiler::open,
            (profiles, call, context) -> adaptive(profiles).adapt(call.request(), context));

    /// Asks opened profiles what to ask a person next.
    public static final Verb<NextCall, Questions> NEXT = Verb.ofOpened(
            PROFILER,
            ValueProfiler.class,
            "next",
            NextCall.class,
            Questions.class,
            NextCall::profiles,
            ValueProfiler::open,
            (profiles, call, context) -> adaptive(profiles).next(call.request(), context));

    /// Solves games.
    public static final Verb<AlignmentRequest, PolicySolution> ALIGN = Verb.of(
            ALGORITHM,
            AlignmentAlgorithm.class,
            "align",
            AlignmentRequest.class,
            PolicySolution.class,
            AlignmentAlgorithm::align);

    /// Asks an opened policy to score candidates.
    public static final Verb<ScoreCall, PolicyScores> SCORE = Verb.ofOpened(
            SCORER,
            PolicyScorer.class,
            "score",
            ScoreCall.class,
            PolicyScores.class,
            ScoreCall::policy,
            PolicyScorer::open,
            (policy, call, context) -> new PolicyScores(policy.score(call.features(), call.allowed(), context)));

    /// Reviews candidates.
    public static final Verb<ReviewRequest, ReviewResult> REVIEW =
            Verb.of(SAFETY, SafetyLayer.class, "review", ReviewRequest.class, ReviewResult.class, SafetyLayer::review);

    /// Measures a study.
    public static final Verb<EvaluationRequest, EvaluationResult> EVALUATE = Verb.of(
            EVALUATOR,
            Evaluator.class,
            "evaluate",
            EvaluationRequest.class,
            EvaluationResult.class,
            Evaluator::evaluate);

    /// Encodes texts.
    public static final Verb<EncodeRequest, Encodings> ENCODE =
            Verb.of(ENCODER, TextEncoder.class, "encode", EncodeRequest.class, Encodings.class, TextEncoder::encode);

    /// Proposes candidates.
    public static final Verb<GenerationRequest, Generations> GENERATE = Verb.of(
            MODEL,
            LanguageModel.class,
            "generate",
            GenerationRequest.class,
            Generations.class,
            LanguageModel::generate);

    /// Scores completions.
    public static final Verb<CompletionRequest, CompletionScores> LOG_PROBABILITIES = Verb.of(
            MODEL,
            LanguageModel.class,
            "logProbabilities",
            CompletionRequest.class,
            CompletionScores.class,
            LanguageModel::logProbabilities);

    private static final List<Verb<?, ?>> VERBS = List.of(
            READ, FIT, PREFER, ADAPT, NEXT, ALIGN, SCORE, REVIEW, EVALUATE, ENCODE, GENERATE, LOG_PROBABILITIES);

    private final String label;
    private final Class<?> type;

    Role(String label, Class<?> type) {
        this.label = label;
        this.type = type;
    }

    /// The name in files and addresses, for example `algorithm`.
    public String label() {
        return label;
    }

    /// The interface that plugins of the role implement.
    public Class<?> type() {
        return type;
    }

    /// What a plugin of the role can be asked.
    public List<Verb<?, ?>> verbs() {
        return VERBS.stream().filter(verb -> verb.role() == this).toList();
    }

    /// Asks a plugin of the role for a small answer, on the calling thread, and checks it against the
    /// contract of the role.
    ///
    /// @param formulations those an algorithm is asked for
    /// @return how many calls there were; none for a role whose plugins need settings or inputs that only they know
    /// @throws org.polyphony.spi.error.AlignmentException if an answer is wrong, or an algorithm blames its
    ///     caller
    public int goldenCall(Object plugin, List<String> formulations, PluginContext context) {
        return GoldenCalls.run(this, plugin, formulations, context);
    }

    /// The role of this name.
    public static Optional<Role> ofLabel(String label) {
        return Arrays.stream(values()).filter(role -> role.label.equals(label)).findFirst();
    }

    /// The role whose interface has this class name.
    public static Optional<Role> ofType(String className) {
        return Arrays.stream(values())
                .filter(role -> role.type.getName().equals(className))
                .findFirst();
    }

    @Override
    public String toString() {
        return label;
    }

    private static AdaptiveProfiles adaptive(ValueProfiles profiles) {
        if (profiles instanceof AdaptiveProfiles adaptive) {
            return adaptive;
        }
        throw new AlignmentException(
                StandardErrorCode.UNSUPPORTED,
                "these profiles learn nobody after their fit; choose a profiler that does, or fit again with what was"
                        + " judged since");
    }

    /// Profiles, and what they are asked.
    ///
    /// @param profiles digest of an artefact of the same profiler
    /// @param request whose preferences about which candidates
    public record PreferCall(String profiles, PreferRequest request) {}

    /// Profiles, and a person they learn.
    ///
    /// @param profiles digest of an artefact of the same profiler
    /// @param request who, and what they judged
    public record AdaptCall(String profiles, AdaptRequest request) {}

    /// Profiles, and what they are to find questions for.
    ///
    /// @param profiles digest of an artefact of the same profiler
    /// @param request who is asked, and about what
    public record NextCall(String profiles, NextRequest request) {}

    /// A policy, and the candidates to score.
    ///
    /// @param policy digest of an artefact that the scorer can open
    /// @param features FLOAT64, shape (B, K, D)
    /// @param allowed UINT8, shape (B, K)
    public record ScoreCall(String policy, Tensor features, Tensor allowed) {}

    /// What a policy says about candidates.
    ///
    /// @param logPolicy FLOAT64, shape (B, K); −∞ where not allowed
    public record PolicyScores(Tensor logPolicy) {}
}
