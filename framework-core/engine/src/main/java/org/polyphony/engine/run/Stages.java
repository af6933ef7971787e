package org.polyphony.engine.run;

import java.util.List;
import java.util.Map;
import org.polyphony.engine.game.GameSolver;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.engine.run.StudyOutcome.PluginInUse;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.Encodings;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.plugin.Need;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.tensor.TensorAllocator;

/// The stages of one run, as plain calls. Behind them: leases, the bus, the run's memory, progress and
/// issues.
public interface Stages extends AutoCloseable {

    PreferenceData read(PluginUse source);

    Artefact fit(PluginUse profiler, FitRequest request);

    PreferenceEstimate prefer(PluginUse profiler, Artefact profiles, PreferRequest request);

    ReviewResult review(PluginUse norm, ReviewRequest request);

    /// The vectors of texts, one row a text.
    Encodings encode(PluginUse encoder, EncodeRequest request);

    /// Solves games.
    PolicySolution align(PluginUse algorithm, AlignmentRequest request);

    /// Log-probabilities [B, K] that a policy gives to candidates of these features.
    Tensor score(PluginUse scorer, Artefact policy, Tensor features, Tensor allowed);

    /// Whether the algorithm of this use solves a formulation.
    boolean offers(PluginUse algorithm, String formulation);

    /// Whether the scorer of this use says that it opens a policy.
    boolean reads(PluginUse scorer, Artefact policy);

    /// Whether the plugin of this use says that it cannot work without something.
    boolean needs(PluginUse use, Need need);

    EvaluationResult evaluate(PluginUse evaluator, EvaluationRequest request);

    /// Says what the calls until it is closed are about, where that is not the whole study: progress and
    /// what plugins report then tell it. One at a time.
    ///
    /// @param which for example `from half of the judges`
    Part part(String which);

    /// See [#part].
    @FunctionalInterface
    interface Part extends AutoCloseable {
        @Override
        void close();
    }

    /// The run's memory: what is taken from it is lent to plugins without a copy and freed with the run.
    TensorAllocator memory();

    /// The algorithm of a use as what solves games batch by batch; closing it closes these stages.
    GameSolver solver(PluginUse algorithm);

    /// Records something the user should know.
    void report(Issue issue);

    /// Everything recorded so far, by plugins and by the run, in a reproducible order.
    List<Issue> issues();

    /// Which plugin fills each slot.
    List<PluginInUse> plugins();

    /// Every setting in effect, defaults included, by slot.
    Map<String, Map<String, Object>> settings();

    void cancel();

    @Override
    void close();
}
