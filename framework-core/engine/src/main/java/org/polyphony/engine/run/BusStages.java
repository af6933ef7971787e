package org.polyphony.engine.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.polyphony.engine.bus.StageCall;
import org.polyphony.engine.bus.StageClient;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.plugin.Role.PreferCall;
import org.polyphony.engine.plugin.Role.ScoreCall;
import org.polyphony.engine.plugin.Verb;
import org.polyphony.engine.run.StudyOutcome.PluginInUse;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.Encodings;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.plugin.Need;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.preference.SourceRequest;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.tensor.TensorAllocator;
import org.polyphony.support.contract.WellFormed;

/// [Stages] over the event bus: every call is a request to the slot that the plan's plugin fills.
final class BusStages implements Stages {

    private final Path data;
    private final Duration timeout;
    private final StageClient client;
    private final OwnerMemory memory;
    private final RunSlots slots;
    private final RunTelling told;
    private final Set<String> givenUp = ConcurrentHashMap.newKeySet();

    /// @param timeout how long each call to a plugin may take
    BusStages(Path data, Duration timeout, StageClient client, OwnerMemory memory, RunSlots slots, RunTelling told) {
        this.data = data;
        this.timeout = timeout;
        this.memory = memory;
        this.client = client;
        this.slots = slots;
        this.told = told;
    }

    @Override
    public PreferenceData read(PluginUse source) {
        var read = call(source, Role.READ, new SourceRequest(data.toString()), "reading judgments");
        require(WellFormed.data(read), "source", source);
        var judgments = read.judgments();
        told.finished(
                source,
                String.format(
                        Locale.ROOT,
                        "%,d judgments by %,d annotators about %,d candidates of %,d items",
                        judgments.count(),
                        judgments.judges().count(),
                        judgments.candidates().ids().size(),
                        judgments.candidates().items().size()));
        return read;
    }

    @Override
    public Artefact fit(PluginUse profiler, FitRequest fit) {
        var artefact = call(profiler, Role.FIT, fit, "fitting profiles");
        var seats = fit.seating().ids();
        told.finished(profiler, "fitted " + seats.size() + " seats: " + String.join(", ", seats));
        return artefact;
    }

    @Override
    public PreferenceEstimate prefer(PluginUse profiler, Artefact profiles, PreferRequest prefer) {
        var estimate =
                call(profiler, Role.PREFER, new PreferCall(client.keep(profiles), prefer), "estimating preferences");
        require(WellFormed.preferences(prefer, estimate), "profiler", profiler);
        return estimate;
    }

    @Override
    public ReviewResult review(PluginUse norm, ReviewRequest review) {
        var claims = slots.plugin(norm).declared().claims();
        var shown = new ReviewRequest(review.candidates(), review.situation().shown(claims));
        var result = call(norm, Role.REVIEW, shown, "reviewing candidates");
        require(WellFormed.review(review, result), "norm", norm);
        told.finished(norm, "reviewed " + result.allowed().size() + " candidates");
        return result;
    }

    @Override
    public Encodings encode(PluginUse encoder, EncodeRequest encode) {
        var encodings = call(encoder, Role.ENCODE, encode, "encoding texts");
        told.finished(encoder, "encoded " + encode.texts().size() + " texts");
        return encodings;
    }

    @Override
    public PolicySolution align(PluginUse algorithm, AlignmentRequest align) {
        var solution = call(algorithm, Role.ALIGN, align, "solving the " + align.formulation() + " game");
        told.finished(algorithm, "solved " + align.games().count() + " " + align.formulation() + " games");
        return solution;
    }

    @Override
    public Tensor score(PluginUse scorer, Artefact policy, Tensor features, Tensor allowed) {
        var score = new ScoreCall(client.keep(policy), features, allowed);
        return call(scorer, Role.SCORE, score, "scoring new items").logPolicy();
    }

    @Override
    public boolean reads(PluginUse scorer, Artefact policy) {
        return slots.plugin(scorer).reads(policy);
    }

    @Override
    public boolean needs(PluginUse use, Need need) {
        return slots.plugin(use).needs(need);
    }

    @Override
    public EvaluationResult evaluate(PluginUse evaluator, EvaluationRequest evaluation) {
        var result = call(evaluator, Role.EVALUATE, evaluation, "measuring");
        require(WellFormed.evaluation(result), "evaluator", evaluator);
        told.finished(
                evaluator,
                result.metrics().size() + " metrics, " + result.sentences().size() + " findings");
        return result;
    }

    private static void require(Optional<String> wrong, String role, PluginUse use) {
        wrong.ifPresent(what -> {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    role + " '" + use.plugin() + "' answered " + what + "; its author must fix it");
        });
    }

    private <I extends Record, O extends Record> O call(PluginUse use, Verb<I, O> verb, I input, String what) {
        told.started(use, what);
        var slot = slots.slot(use);
        if (givenUp.contains(slot)) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_TIMEOUT,
                    use.plugin() + " is not asked again (" + verb + "): it did not answer an earlier call in time");
        }
        try {
            return client.call(new StageCall<>(verb, slot, slots.lease(), RunSlots.SETTINGS, timeout), input);
        } catch (AlignmentException e) {
            if (e.code() == StandardErrorCode.PLUGIN_TIMEOUT) {
                givenUp.add(slot); // its threads may still run: one deadline a plugin, not one a call
            }
            throw e;
        }
    }

    @Override
    public Part part(String which) {
        told.part(which);
        return () -> told.part("");
    }

    @Override
    public TensorAllocator memory() {
        return client.scope();
    }

    @Override
    public void report(Issue issue) {
        told.add(issue);
    }

    @Override
    public List<Issue> issues() {
        return told.sorted();
    }

    @Override
    public List<PluginInUse> plugins() {
        return slots.plugins();
    }

    @Override
    public Map<String, Map<String, Object>> settings() {
        return slots.settings();
    }

    @Override
    public void cancel() {
        client.run().cancel();
    }

    @Override
    public void close() {
        client.close();
        client.scope().close();
        memory.close();
        slots.close();
    }
}
