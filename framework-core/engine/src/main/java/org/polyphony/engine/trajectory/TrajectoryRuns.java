package org.polyphony.engine.trajectory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.polyphony.engine.bus.Run;
import org.polyphony.engine.bus.StageCall;
import org.polyphony.engine.bus.StageClient;
import org.polyphony.engine.deploy.Assembly;
import org.polyphony.engine.deploy.Deployment;
import org.polyphony.engine.game.ExplicitGame;
import org.polyphony.engine.game.GameResults;
import org.polyphony.engine.game.GameSolving;
import org.polyphony.engine.game.SolveRequest;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.slot.LeaseSet;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode.Fault;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;

/// Solves games at growing budgets of iterations, run by run.
///
/// The budget is the algorithm's setting `max-iterations`. An algorithm without it, or one that takes more
/// iterations than its budget, contributes one point: its answer with the settings as written. A path ends
/// where the algorithm stopped by itself.
public final class TrajectoryRuns {

    private static final String BUDGET = "max-iterations";
    private static final String ALGORITHM = "algorithm";

    private final Deployment deployment;

    private TrajectoryRuns(Deployment deployment) {
        this.deployment = deployment;
    }

    /// Runs as clients of a deployment.
    public static TrajectoryRuns of(Deployment deployment) {
        return new TrajectoryRuns(deployment);
    }

    /// Watches every run of the plan on every game.
    ///
    /// @throws AlignmentException if a plugin is unknown, its settings are wrong, it does not know the
    ///     formulation or fails; or if a game is none
    public Trajectories watch(TrajectoryPlan plan, List<ExplicitGame> games, long seed) {
        var plugins = new LinkedHashMap<String, Trajectories.Ran>();
        var issues = new LinkedHashMap<String, Issue>();
        var paths = new ArrayList<List<List<TrajectoryPoint>>>();
        for (var run : plan.runs()) {
            paths.add(new Watching(plan.formulation(), run, games, seed, issues).watch(plugins));
        }
        var watched = new ArrayList<Trajectories.Game>();
        for (int g = 0; g < games.size(); g++) {
            var ofGame = new ArrayList<List<TrajectoryPoint>>();
            for (var ofRun : paths) {
                ofGame.add(ofRun.get(g));
            }
            watched.add(new Trajectories.Game(games.get(g), ofGame));
        }
        return new Trajectories(plan, watched, plugins, List.copyOf(issues.values()));
    }

    /// One run of the plan.
    private final class Watching {

        private final String formulation;
        private final TrajectoryPlan.Run run;
        private final List<ExplicitGame> games;
        private final long seed;
        private final Map<String, Issue> issues;
        private String slot = "";

        Watching(
                String formulation,
                TrajectoryPlan.Run run,
                List<ExplicitGame> games,
                long seed,
                Map<String, Issue> issues) {
            this.issues = issues;
            this.formulation = formulation;
            this.run = run;
            this.games = games;
            this.seed = seed;
        }

        List<List<TrajectoryPoint>> watch(Map<String, Trajectories.Ran> plugins) {
            var id = run.algorithm().plugin();
            var registry = deployment.registry();
            var plugin = registry.find(Role.ALGORITHM, id);
            try (var assembly = deployment.assembly("trajectory")) {
                assembly.fill(ALGORITHM, registry.image(plugin), plugin);
                slot = assembly.slot(ALGORITHM);
                try (var leases = assembly.lease()) {
                    bind(assembly, "as written", Map.of());
                    if (!passes(assembly)) {
                        return games.stream()
                                .map(_ -> List.<TrajectoryPoint>of())
                                .toList();
                    }
                    var settings = new LinkedHashMap<>(leases.settings(slot, "as written"));
                    boolean budgeted = settings.remove(BUDGET) != null;
                    // a run's tau wins over the algorithm's setting
                    run.tau().ifPresent(tau -> settings.computeIfPresent("tau", (_, _) -> tau));
                    plugins.put(
                            run.label(),
                            new Trajectories.Ran(
                                    plugin.version(), plugin.bundle().sha256(), settings));
                    return budgeted ? growing(assembly, leases) : single(leases);
                }
            }
        }

        private boolean passes(Assembly assembly) {
            try {
                assembly.test(ALGORITHM, "as written", List.of(formulation));
                return true;
            } catch (AlignmentException e) {
                if (e.code().fault() != Fault.PLUGIN) {
                    throw e;
                }
                issues.put(run.label(), Issue.warning(e.code().name(), run.label() + ": " + e.getMessage(), ""));
                return false;
            }
        }

        private List<List<TrajectoryPoint>> single(LeaseSet leases) {
            var paths = new ArrayList<List<TrajectoryPoint>>();
            for (var answer : solve(leases, "as written")) {
                var path = new ArrayList<TrajectoryPoint>();
                if (answer instanceof GameResults.Answer.Solved solved) {
                    path.add(point(Math.max(1, solved.answer().iterations()), solved));
                }
                paths.add(path);
            }
            return paths;
        }

        private List<List<TrajectoryPoint>> growing(Assembly assembly, LeaseSet leases) {
            var paths = new ArrayList<List<TrajectoryPoint>>();
            games.forEach(_ -> paths.add(new ArrayList<>()));
            var done = new boolean[games.size()];
            for (int budget : Budgets.upTo(run.iterations())) {
                var key = "budget " + budget;
                bind(assembly, key, Map.of(BUDGET, budget));
                var answers = solve(leases, key);
                int open = 0;
                for (int g = 0; g < done.length; g++) {
                    if (done[g] || !(answers.get(g) instanceof GameResults.Answer.Solved solved)) {
                        continue;
                    }
                    if (solved.answer().iterations() > budget) {
                        return single(leases);
                    }
                    done[g] = solved.answer().iterations() < budget;
                    int taken = Math.max(1, solved.answer().iterations());
                    var path = paths.get(g);
                    if (path.isEmpty() || path.getLast().iterations() < taken) {
                        path.add(point(taken, solved));
                    }
                    open += done[g] ? 0 : 1;
                }
                if (open == 0) {
                    break;
                }
            }
            return paths;
        }

        private void bind(Assembly assembly, String key, Map<String, Object> more) {
            var tree = new LinkedHashMap<>(run.algorithm().settings());
            tree.putAll(more);
            var issues = assembly.bind(ALGORITHM, key, tree, run.algorithm().path() + ".settings");
            if (!issues.isEmpty()) {
                throw new AlignmentException(
                        StandardErrorCode.SETTING_INVALID,
                        String.join("; ", issues.stream().map(Issue::message).toList()));
            }
        }

        private List<GameResults.Answer> solve(LeaseSet leases, String key) {
            var request = new SolveRequest(formulation, run.algorithm().plugin(), run.tau(), seed);
            var stageRun = Run.silent(run.label() + ", " + key, seed);
            var owner = deployment.memory().owner(stageRun.id());
            try (var scope = owner.openScope(stageRun.id())) {
                var client = StageClient.of(deployment.bus(), stageRun, scope);
                var call = new StageCall<>(
                        Role.ALIGN, slot, leases.id(), key, deployment.host().limit());
                var results = GameSolving.solve(games, request, scope, align -> client.call(call, align));
                // what is held back is told once a run and reason, not at every budget
                results.issues(request.algorithm())
                        .forEach(issue -> issues.putIfAbsent(
                                run.label() + " " + issue.code(),
                                new Issue(issue.severity(), issue.code(), run.label() + ": " + issue.message(), "")));
                var answers = results.answers();
                for (int g = 0; g < answers.size(); g++) {
                    if (answers.get(g) instanceof GameResults.Answer.Failed(var reason)) {
                        throw new AlignmentException(
                                StandardErrorCode.GAME_INVALID,
                                "game " + g + " cannot be played by run '" + run.label() + "': " + reason);
                    }
                }
                return answers;
            } finally {
                owner.close();
            }
        }

        private static TrajectoryPoint point(int iterations, GameResults.Answer.Solved solved) {
            var answer = solved.answer();
            var certificate = solved.certificate();
            return new TrajectoryPoint(
                    iterations,
                    answer.policy(),
                    certificate.gap(),
                    certificate.gapTau(),
                    answer.tau(),
                    answer.converged());
        }
    }
}
