package org.polyphony.engine.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.polyphony.engine.bus.StageBus;
import org.polyphony.engine.bus.StageClient;
import org.polyphony.engine.bus.StageListener;
import org.polyphony.engine.bus.StageProgress;
import org.polyphony.engine.bus.StageRun;
import org.polyphony.engine.plugin.PluginHost;
import org.polyphony.engine.plugin.PluginRegistry;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.slot.SlotLimits;
import org.polyphony.engine.slot.Slots;
import org.polyphony.engine.study.StudyPlan.PluginUse;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.trust.UniversalConstraints;

/// Finds the plugins a plan names, binds their settings, fills their slots and leases them for a run.
public final class StudyPreparation {

    private static final AtomicLong RUNS = new AtomicLong();

    private final PluginRegistry registry;
    private final PluginHost host;
    private final TensorMemory memory;
    private final StageBus bus;
    private final UniversalConstraints constraints;

    private StudyPreparation(
            PluginRegistry registry,
            PluginHost host,
            TensorMemory memory,
            StageBus bus,
            UniversalConstraints constraints) {
        this.registry = registry;
        this.host = host;
        this.memory = memory;
        this.bus = bus;
        this.constraints = constraints;
    }

    /// A preparation on these parts of the engine.
    public static StudyPreparation of(
            PluginRegistry registry,
            PluginHost host,
            TensorMemory memory,
            StageBus bus,
            UniversalConstraints constraints) {
        return new StudyPreparation(registry, host, memory, bus, constraints);
    }

    /// Prepares a study.
    public PreparedStudy prepare(StudyRequest request, RunListener listener) {
        var plan = request.plan();
        var uses = new LinkedHashMap<PluginUse, Role>();
        uses.put(plan.source(), Role.SOURCE);
        uses.put(plan.profiler(), Role.PROFILER);
        plan.norms().forEach(norm -> uses.put(norm, Role.SAFETY));
        uses.put(plan.algorithm(), Role.ALGORITHM);
        plan.evaluators().forEach(evaluator -> uses.put(evaluator, Role.EVALUATOR));
        var issues = new ArrayList<Issue>();
        var stages = stages(request.data(), uses, plan.seed(), listener, issues);
        return new PreparedStudy(plan, stages, constraints, issues);
    }

    /// Stages with one algorithm only.
    ///
    /// @throws AlignmentException if there is no such algorithm
    public Stages algorithm(PluginUse algorithm, long seed, RunListener listener) {
        registry.find(Role.ALGORITHM, algorithm.plugin());
        var issues = new ArrayList<Issue>();
        return stages(Path.of(""), Map.of(algorithm, Role.ALGORITHM), seed, listener, issues);
    }

    private Stages stages(Path data, Map<PluginUse, Role> uses, long seed, RunListener listener, List<Issue> issues) {
        var id = "run-" + RUNS.incrementAndGet();
        var slots = RunSlots.fill(registry, bus, Slots.open(host, memory, SlotLimits.defaults()), uses, issues);
        var runIssues = new RunIssues(listener);
        var run = StageRun.of(id, seed, new StageListener() {
            @Override
            public void progress(StageProgress progress) {
                listener.stageProgress(
                        RunSlots.path(progress.stage(), uses.keySet()), progress.done(), progress.total());
            }

            @Override
            public void issue(String stage, Issue issue) {
                runIssues.add(issue);
            }
        });
        var owner = memory.owner(id);
        return new BusStages(data, StageClient.of(bus, run, owner.openScope(id)), owner, slots, listener, runIssues);
    }
}
