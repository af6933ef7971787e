package org.polyphony.engine.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.engine.bus.Run;
import org.polyphony.engine.deploy.Deployment;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.engine.plan.StudyPlan.Unseen.By;
import org.polyphony.engine.plan.StudyRequest;
import org.polyphony.engine.plugin.Role;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;

/// Finds the plugins a plan names, binds their settings, fills their slots and leases them for a run.
public final class StudyPreparation {

    private final Deployment deployment;

    private StudyPreparation(Deployment deployment) {
        this.deployment = deployment;
    }

    /// A preparation of clients of a deployment.
    public static StudyPreparation of(Deployment deployment) {
        return new StudyPreparation(deployment);
    }

    /// Prepares a study.
    public PreparedStudy prepare(StudyRequest request, RunListener listener) {
        var issues = new ArrayList<Issue>();
        var check = new DeclarationCheck(deployment.registry(), issues);
        var plan = check.withScorers(request.plan());
        var uses = answering(plan);
        plan.measuring().evaluators().forEach(evaluator -> uses.put(evaluator, Role.EVALUATOR));
        plan.solving()
                .algorithms()
                .forEach(algorithm -> algorithm.scorer().ifPresent(scorer -> uses.put(scorer, Role.SCORER)));
        check.generalises(plan);
        if (plan.data().encoders().isEmpty()) {
            check.features(
                    uses,
                    plan.solving()
                            .unseen()
                            .filter(of -> of.by() == By.PROFILES)
                            .flatMap(_ -> plan.people().profiler()));
        }
        network(check, uses);
        var stages = stages(request.data(), plan, uses, listener, issues);
        return new PreparedStudy(plan, stages, deployment.constraints(), issues);
    }

    /// Prepares a deployment that learns from the same file as a study does. What the file says of
    /// splits, of items left out and of measuring is the study's alone.
    public PreparedDeployment deploy(StudyRequest request, RunListener listener) {
        var issues = new ArrayList<Issue>();
        var plan = request.plan().withoutUnseen();
        if (!plan.solves() || plan.people().profiler().isEmpty()) {
            issues.add(Issue.error(
                    StandardErrorCode.UNSUPPORTED.name(),
                    "nothing can be answered: the file names no " + (plan.solves() ? "profiler" : "algorithm")
                            + ", so it only measures; name a 'profiler' and an 'algorithm'",
                    plan.solves() ? "profiler" : "algorithm"));
        }
        var check = new DeclarationCheck(deployment.registry(), issues);
        var uses = answering(plan);
        if (plan.data().encoders().isEmpty()) {
            check.features(uses, Optional.empty());
        }
        network(check, uses);
        var stages = stages(request.data(), plan, uses, listener, issues);
        return new PreparedDeployment(deployment, plan, stages, issues);
    }

    /// Makes sure that an algorithm can be used on explicit games.
    ///
    /// @throws AlignmentException if there is no such algorithm, or it needs what is not there
    public void require(PluginUse algorithm) {
        deployment.registry().find(Role.ALGORITHM, algorithm.plugin());
        var issues = new ArrayList<Issue>();
        var check = new DeclarationCheck(deployment.registry(), issues);
        check.features(Map.of(algorithm, Role.ALGORITHM), Optional.empty());
        network(check, Map.of(algorithm, Role.ALGORITHM));
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

    // what learns and answers, in a study and in a deployment
    private static Map<PluginUse, Role> answering(StudyPlan plan) {
        var uses = new LinkedHashMap<PluginUse, Role>();
        uses.put(plan.data().source(), Role.SOURCE);
        plan.people().profiler().ifPresent(profiler -> uses.put(profiler, Role.PROFILER));
        plan.solving().norms().forEach(norm -> uses.put(norm, Role.SAFETY));
        plan.data().encoders().forEach(encoder -> uses.put(encoder.use(), Role.ENCODER));
        plan.solving().algorithms().forEach(algorithm -> uses.put(algorithm.use(), Role.ALGORITHM));
        return uses;
    }

    private void network(DeclarationCheck check, Map<PluginUse, Role> uses) {
        if (!deployment.network()) {
            check.network(uses);
        }
    }

    private static void throwFirst(List<Issue> issues) {
        if (!issues.isEmpty()) {
            var first = issues.getFirst();
            throw new AlignmentException(StandardErrorCode.valueOf(first.code()), first.message());
        }
    }

    private BusStages stages(
            Path data, StudyPlan plan, Map<PluginUse, Role> uses, RunListener listener, List<Issue> issues) {
        return stages(data, uses, plan.solving().algorithms(), plan.identity().seed(), listener, issues);
    }

    private BusStages stages(
            Path data,
            Map<PluginUse, Role> uses,
            List<StudyPlan.AlgorithmUse> algorithms,
            long seed,
            RunListener listener,
            List<Issue> issues) {
        var formulations = new LinkedHashMap<PluginUse, List<String>>();
        algorithms.forEach(algorithm -> formulations.put(algorithm.use(), algorithm.formulations()));
        var assembly = deployment.assembly("run");
        var slots = PlanSlots.fill(deployment.registry(), assembly, uses, formulations, issues);
        var leased = slots.lease();
        issues.addAll(slots.notOffered(algorithms, leased));
        var told = new RunTelling(listener, slots.paths());
        return BusStages.of(deployment, Run.of(assembly.id(), seed, told), leased, told, data);
    }
}
