package org.polyphony.engine.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.polyphony.engine.bus.Run;
import org.polyphony.engine.bus.StageCall;
import org.polyphony.engine.bus.StageClient;
import org.polyphony.engine.deploy.Deployment;
import org.polyphony.engine.game.GameSolver;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.engine.plugin.PluginDescriptor;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.plugin.Role.PreferCall;
import org.polyphony.engine.plugin.Role.ScoreCall;
import org.polyphony.engine.plugin.Verb;
import org.polyphony.engine.run.StudyOutcome.PluginInUse;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorScope;
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

    private final Deployment deployment;
    private final Path data;
    private final StageClient client;
    private final StageClient keeper;
    private final OwnerMemory memory;
    private final RunSlots slots;
    private final RunTelling told;
    private final Set<String> givenUp = ConcurrentHashMap.newKeySet();

    /// @param keeper keeps the artefacts that calls name; empty if these stages do
    private BusStages(
            Deployment deployment, Path data, Run run, Optional<StageClient> keeper, RunSlots slots, RunTelling told) {
        this.deployment = deployment;
        this.data = data;
        this.memory = deployment.memory().owner(run.id());
        this.client = StageClient.of(deployment.bus(), run, memory.openScope(run.id()));
        this.keeper = keeper.orElse(client);
        this.slots = slots;
        this.told = told;
    }

    /// The stages of a run, on slots that it has leased.
    ///
    /// @param data the folder that a source's files are relative to
    /// @param slots given back, and emptied, with the stages
    static BusStages of(Deployment deployment, Run run, RunSlots slots, RunTelling told, Path data) {
        return new BusStages(deployment, data, run, Optional.empty(), slots, told);
    }

    /// What is left of stages that have given their leases back: their memory and the artefacts in it,
    /// and the slots, which requests lease one after the other. Safe for use by many threads.
    record Kept(Deployment deployment, Path data, StageClient keeper, OwnerMemory memory, PlanSlots slots)
            implements AutoCloseable {

        /// The stages of one request, with leases, memory and telling of its own, which are closed with
        /// it.
        BusStages request(Run run, RunSlots leased, RunTelling told) {
            return new BusStages(deployment, data, run, Optional.of(keeper), leased, told);
        }

        /// Frees the memory and empties the slots.
        @Override
        public void close() {
            keeper.close();
            keeper.scope().close();
            memory.close();
            slots.close();
        }
    }

    /// Keeps an artefact for as long as these stages.
    ///
    /// @return its digest, by which calls name it
    String keep(Artefact artefact) {
        return keeper.keep(artefact);
    }

    /// What fills the slot of a use.
    PluginDescriptor plugin(PluginUse use) {
        return slots.plugin(use);
    }

    /// Gives the leases back and keeps everything else.
    Kept release() {
        slots.close();
        return new Kept(deployment, data, client, memory, slots.slots());
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
                call(profiler, Role.PREFER, new PreferCall(keeper.keep(profiles), prefer), "estimating preferences");
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
        return align(client, algorithm, align);
    }

    private PolicySolution align(StageClient from, PluginUse algorithm, AlignmentRequest align) {
        var solution = call(from, algorithm, Role.ALIGN, align, "solving the " + align.formulation() + " game");
        told.finished(algorithm, "solved " + align.games().count() + " " + align.formulation() + " games");
        return solution;
    }

    @Override
    public Tensor score(PluginUse scorer, Artefact policy, Tensor features, Tensor allowed) {
        var score = new ScoreCall(keeper.keep(policy), features, allowed);
        return call(scorer, Role.SCORE, score, "scoring new items").logPolicy();
    }

    @Override
    public boolean offers(PluginUse algorithm, String formulation) {
        return slots.plugin(algorithm).formulations().contains(formulation);
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
        return call(client, use, verb, input, what);
    }

    private <I extends Record, O extends Record> O call(
            StageClient from, PluginUse use, Verb<I, O> verb, I input, String what) {
        told.started(use, what);
        var slot = slots.slot(use);
        if (givenUp.contains(slot)) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_TIMEOUT,
                    use.plugin() + " is not asked again (" + verb + "): it did not answer an earlier call in time");
        }
        try {
            return from.call(
                    new StageCall<>(
                            verb,
                            slot,
                            slots.lease(),
                            PlanSlots.SETTINGS,
                            deployment.host().limit()),
                    input);
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
    public GameSolver solver(PluginUse algorithm) {
        return new GameSolver() {
            @Override
            public Batch open(String what) {
                return new BatchOfGames(algorithm, memory.openScope(client.run().id() + ", " + what));
            }

            @Override
            public List<Issue> issues() {
                return BusStages.this.issues();
            }

            @Override
            public void close() {
                BusStages.this.close();
            }
        };
    }

    private final class BatchOfGames implements GameSolver.Batch {

        private final PluginUse algorithm;
        private final StageClient client;

        BatchOfGames(PluginUse algorithm, TensorScope scope) {
            this.algorithm = algorithm;
            this.client = BusStages.this.client.within(scope);
        }

        @Override
        public TensorAllocator memory() {
            return client.scope();
        }

        @Override
        public PolicySolution align(AlignmentRequest request) {
            return BusStages.this.align(client, algorithm, request);
        }

        @Override
        public void close() {
            client.close();
            client.scope().close();
        }
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
        if (keeper == client) {
            slots.slots().close();
        }
    }
}
