package org.polyphony.engine.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.polyphony.engine.bus.Run;
import org.polyphony.engine.bus.StageBus;
import org.polyphony.engine.bus.StageClient;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.engine.plan.StudyRequest;
import org.polyphony.engine.plugin.PluginHost;
import org.polyphony.engine.plugin.PluginRegistry;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.slot.SlotLimits;
import org.polyphony.engine.slot.Slots;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.trust.UniversalConstraints;

/// Finds the plugins a plan names, binds their settings, fills their slots and leases them for a run.
public final class StudyPreparation {

    private static final AtomicLong RUNS = new AtomicLong();

    private final PluginRegistry registry;
    private final PluginHost host;
    private final TensorMemory memory;
    private final StageBus bus;
    private final UniversalConstraints constraints;
    private final boolean network;

    private StudyPreparation(
            PluginRegistry registry,
            PluginHost host,
            TensorMemory memory,
            StageBus bus,
            UniversalConstraints constraints,
            boolean network) {
        this.registry = registry;
        this.host = host;
        this.memory = memory;
        this.bus = bus;
        this.constraints = constraints;
        this.network = network;
    }

    /// A preparation on these parts of the engine, of plugins that need no network.
    public static StudyPreparation of(
            PluginRegistry registry,
            PluginHost host,
            TensorMemory memory,
            StageBus bus,
            UniversalConstraints constraints) {
        return new StudyPreparation(registry, host, memory, bus, constraints, false);
    }

    /// The same where plugins may need a network, or may not.
    public StudyPreparation withNetwork(boolean allowed) {
        return new StudyPreparation(registry, host, memory, bus, constraints, allowed);
    }

    /// Prepares a study.
    public PreparedStudy prepare(StudyRequest request, RunListener listener) {
        var issues = new ArrayList<Issue>();
        var check = new DeclarationCheck(registry, issues);
        var plan = check.withScorers(request.plan());
        var uses = new LinkedHashMap<PluginUse, Role>();
        uses.put(plan.data().source(), Role.SOURCE);
        plan.people().profiler().ifPresent(profiler -> uses.put(profiler, Role.PROFILER));
        plan.solving().norms().forEach(norm -> uses.put(norm, Role.SAFETY));
        plan.data().encoders().forEach(encoder -> uses.put(encoder.use(), Role.ENCODER));
        plan.solving().algorithms().forEach(algorithm -> uses.put(algorithm.use(), Role.ALGORITHM));
        plan.measuring().evaluators().forEach(evaluator -> uses.put(evaluator, Role.EVALUATOR));
        plan.solving()
                .algorithms()
                .forEach(algorithm -> algorithm.scorer().ifPresent(scorer -> uses.put(scorer, Role.SCORER)));
        check.generalises(plan);
        if (plan.data().encoders().isEmpty()) {
            check.features(uses, "add 'encoders', which make them of texts");
        }
        if (!network) {
            check.network(uses);
        }
        var stages = stages(
                request.data(),
                uses,
                plan.solving().algorithms(),
                plan.identity().seed(),
                listener,
                issues);
        return new PreparedStudy(plan, stages, constraints, issues);
    }

    /// Makes sure that an algorithm can be used on explicit games.
    ///
    /// @throws AlignmentException if there is no such algorithm, or it needs what is not there
    public void require(PluginUse algorithm) {
        registry.find(Role.ALGORITHM, algorithm.plugin());
        var issues = new ArrayList<Issue>();
        var check = new DeclarationCheck(registry, issues);
        check.features(Map.of(algorithm, Role.ALGORITHM), "let it solve a study with 'encoders' instead");
        if (!network) {
            check.network(Map.of(algorithm, Role.ALGORITHM));
        }
        throwFirst(issues);
    }

    /// Stages with one algorithm only, that will be asked for one formulation.
    ///
    /// @throws AlignmentException if there is no such algorithm, it cannot be started, does not offer that or needs
    ///     what is not there
    public Stages algorithm(PluginUse algorithm, String formulation, long seed, RunListener listener) {
        require(algorithm);
        var issues = new ArrayList<Issue>();
        var use = new StudyPlan.AlgorithmUse(algorithm, algorithm.plugin(), List.of(formulation));
        var stages = stages(Path.of(""), Map.of(algorithm, Role.ALGORITHM), List.of(use), seed, listener, issues);
        if (!issues.isEmpty()) {
            stages.close();
        }
        throwFirst(issues);
        return stages;
    }

    private static void throwFirst(List<Issue> issues) {
        if (!issues.isEmpty()) {
            var first = issues.getFirst();
            throw new AlignmentException(StandardErrorCode.valueOf(first.code()), first.message());
        }
    }

    private Stages stages(
            Path data,
            Map<PluginUse, Role> uses,
            List<StudyPlan.AlgorithmUse> algorithms,
            long seed,
            RunListener listener,
            List<Issue> issues) {
        var id = "run-" + RUNS.incrementAndGet();
        var formulations = new LinkedHashMap<PluginUse, List<String>>();
        algorithms.forEach(algorithm -> formulations.put(algorithm.use(), algorithm.formulations()));
        var slots = RunSlots.fill(
                registry, bus, Slots.open(host, memory, SlotLimits.defaults()), uses, formulations, issues);
        issues.addAll(slots.notOffered(algorithms));
        var told = new RunTelling(listener, RunSlots.paths(uses.keySet()));
        var run = Run.of(id, seed, told);
        var owner = memory.owner(id);
        return new BusStages(data, host.limit(), StageClient.of(bus, run, owner.openScope(id)), owner, slots, told);
    }
}
