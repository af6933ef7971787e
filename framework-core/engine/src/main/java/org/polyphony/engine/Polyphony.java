package org.polyphony.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.deploy.Deployment;
import org.polyphony.engine.deploy.HostFolder;
import org.polyphony.engine.deploy.PluginUpdates;
import org.polyphony.engine.game.AnswerOutput;
import org.polyphony.engine.game.ExplicitGame;
import org.polyphony.engine.game.GameStream;
import org.polyphony.engine.game.GamesFile;
import org.polyphony.engine.game.SolveRequest;
import org.polyphony.engine.game.WeightSweep;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.engine.plan.StudyRequest;
import org.polyphony.engine.plugin.PluginDescriptor;
import org.polyphony.engine.plugin.PluginRegistry;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.result.ResultFolder;
import org.polyphony.engine.run.Formulations;
import org.polyphony.engine.run.LearnedDeployment;
import org.polyphony.engine.run.PreparedDeployment;
import org.polyphony.engine.run.PreparedStudy;
import org.polyphony.engine.run.RunListener;
import org.polyphony.engine.run.StudyOutcome;
import org.polyphony.engine.run.StudyPreparation;
import org.polyphony.engine.trajectory.Trajectories;
import org.polyphony.engine.trajectory.TrajectoryPlan;
import org.polyphony.engine.trajectory.TrajectoryRuns;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.support.settings.NearestName;
import org.polyphony.support.settings.SettingDescription;

/// The engine's door: plugins, studies and explicit games. One per process; close it to stop plugins and
/// free memory.
///
/// Starting reads the plugins' manifests only; the framework, the bus and plugin code start with the first
/// run.
public final class Polyphony implements AutoCloseable {

    private final PluginRegistry registry;
    private final Deployment deployment;

    private Polyphony(Deployment deployment) {
        this.deployment = deployment;
        this.registry = deployment.registry();
    }

    /// Starts an engine.
    ///
    /// A jar that is no plugin is set aside ([#issues]); the others work.
    ///
    /// @throws AlignmentException if a plugin folder cannot be used
    public static Polyphony start(EngineOptions options) {
        var registry = PluginRegistry.usable(options.pluginFolders());
        return new Polyphony(
                Deployment.of(registry, options.pluginTimeout(), options.tensorLimit(), options.network()));
    }

    /// The version of this engine.
    public static String version() {
        try (var in = Polyphony.class.getResourceAsStream("version.properties")) {
            var properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is wrong with files in the plugin folders; they are set aside.
    public List<Issue> issues() {
        return registry.issues();
    }

    /// Every plugin installed, by role and id.
    public List<PluginDescriptor> plugins() {
        return registry.plugins();
    }

    /// The plugin of this name.
    ///
    /// @param name as a study names it; before it the role's and a slash, where the name alone is ambiguous
    /// @throws AlignmentException with code `PLUGIN_UNKNOWN`
    public PluginDescriptor plugin(String name) {
        var slash = name.indexOf('/');
        var role = Role.ofLabel(name.substring(0, Math.max(0, slash)).toLowerCase(Locale.ROOT));
        if (role.isPresent()) {
            return registry.find(role.get(), name.substring(slash + 1));
        }
        var found = registry.plugins().stream()
                .filter(plugin -> plugin.plugin().is(name))
                .toList();
        if (found.size() != 1) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_UNKNOWN,
                    found.isEmpty()
                            ? "no plugin is called '" + name + "'; see 'polyphony plugin list'; roles are "
                                    + List.of(Role.values())
                            : found.size() + " plugins are called '" + name + "'; say which: "
                                    + found.stream()
                                            .map(plugin -> plugin.role() + "/" + registry.name(plugin))
                                            .toList());
        }
        return found.getFirst();
    }

    /// What can be set on a plugin. Nothing of it runs.
    ///
    /// @throws AlignmentException with code `PLUGIN_FAILED` if its record cannot hold settings
    public List<SettingDescription> settings(PluginDescriptor plugin) {
        return registry.image(plugin).settings(plugin);
    }

    /// Gets a study ready to run: plugins are found and started, settings bound, and everything wrong is
    /// told at once. The caller closes it.
    public PreparedStudy prepare(StudyRequest request, RunListener listener) {
        return preparation().prepare(request, listener);
    }

    /// Gets a deployment ready to learn from a file: as [#prepare], without what only a study does. The
    /// caller closes it.
    public PreparedDeployment prepareDeployment(StudyRequest request, RunListener listener) {
        return preparation().deploy(request, listener);
    }

    /// Reads the data of a file, learns from them, and stays to answer. The caller closes it, before
    /// this engine.
    ///
    /// ```java
    /// var read = StudyPlanReader.read(file, List.of());
    /// try (var polyphony = Polyphony.start(EngineOptions.of(List.of(plugins)));
    ///         var deployment = polyphony.deploy(StudyRequest.of(read.plan(), file, null))) {
    ///     var reply = deployment.answer(Request.of("What is a fair price?")
    ///             .withCandidates(List.of("What it cost.", "What it is worth to you."))
    ///             .withClaims(Map.of("role", "seller")));
    /// }
    /// ```
    ///
    /// @throws AlignmentException with everything that is wrong with the file, or if nothing can be
    ///     learned
    public LearnedDeployment deploy(StudyRequest request) {
        try (var prepared = prepareDeployment(request, RunListener.silent())) {
            return prepared.learn();
        }
    }

    /// Lets the plugins of a learned deployment be updated while it answers. What stood in its slots when the last
    /// host of the folder ended stands there again. The caller closes it, before the deployment.
    ///
    /// @throws AlignmentException if that cannot be done
    public PluginUpdates updates(LearnedDeployment learned, HostFolder folder) {
        return PluginUpdates.open(deployment, learned.assembly(), folder);
    }

    /// Writes a study's results into a folder, whole or not at all.
    ///
    /// @param reproduce the command that makes the same results again
    /// @return the files, in the order a reader wants them
    public List<Path> write(ResultFolder folder, StudyOutcome outcome, String reproduce) {
        try (var owner = deployment.memory().owner("results")) {
            return folder.write(outcome, reproduce, owner);
        }
    }

    /// Reads explicit games from a JSON or an Arrow file; `-` is JSON on standard input.
    ///
    /// @throws AlignmentException if it is absent or no such file at all
    public List<GamesFile.Entry> games(Path file) {
        try (var owner = deployment.memory().owner("games")) {
            return GamesFile.read(file, owner);
        }
    }

    /// Solves the explicit games of a file with one algorithm, while they are read.
    ///
    /// @param file as [#games] reads it, of any length
    /// @param output what is there afterwards is whole; what was there stays if this fails
    /// @throws AlignmentException if the file cannot be read, the algorithm is unknown, does not know
    ///     the formulation, or fails, or the output cannot be written
    public GameStream.Outcome solve(Path file, SolveRequest request, AnswerOutput output) {
        var use = new PluginUse(request.algorithm(), Map.of(), "algorithm");
        try (var owner = deployment.memory().owner("games")) {
            return GameStream.solve(
                    file,
                    owner,
                    request,
                    () -> preparation()
                            .algorithm(use, request.formulation(), request.seed(), RunListener.silent())
                            .solver(use),
                    output);
        }
    }

    /// Solves the population game of one explicit game for every way to weigh its stakeholders.
    ///
    /// @param steps how many steps of the lattice lead from no weight to all of it, ≥ 1
    /// @throws AlignmentException if the lattice is too large, or the algorithm is unknown or fails
    public WeightSweep.Sweep sweep(ExplicitGame game, int steps, SolveRequest request) {
        var use = new PluginUse(request.algorithm(), Map.of(), "algorithm");
        try (var stages = preparation().algorithm(use, request.formulation(), request.seed(), RunListener.silent())) {
            return WeightSweep.sweep(game, steps, request, games -> stages.align(use, games));
        }
    }

    /// Watches how the algorithms of a plan move on games.
    ///
    /// @throws AlignmentException if a plugin is unknown, its settings are wrong, or it fails
    public Trajectories watch(TrajectoryPlan plan, List<ExplicitGame> games, long seed) {
        plan.runs().forEach(run -> preparation().require(run.algorithm()));
        return TrajectoryRuns.of(deployment).watch(plan, games, seed);
    }

    /// Makes sure that there is such an algorithm, before anything is read for it.
    ///
    /// @param formulation what it must offer; null if it need not be asked
    /// @throws AlignmentException with code `PLUGIN_UNKNOWN` or `UNSUPPORTED`
    public void requireOffered(String algorithm, @Nullable String formulation) {
        var plugin = registry.find(Role.ALGORITHM, algorithm);
        if (formulation != null) {
            Formulations.missing(algorithm, plugin.formulations(), List.of(formulation)).stream()
                    .findFirst()
                    .ifPresent(message -> {
                        throw new AlignmentException(StandardErrorCode.UNSUPPORTED, message);
                    });
        }
    }

    /// The algorithm that offers a formulation: the preferred one if it does, else the first by id.
    ///
    /// @throws AlignmentException with code `UNSUPPORTED`, saying which algorithm offers what
    public String algorithm(String formulation, String preferred) {
        var offers = new TreeMap<String, Set<String>>();
        var algorithms = new ArrayList<>(registry.plugins(Role.ALGORITHM));
        algorithms.sort(Comparator.comparing(known -> !known.plugin().is(preferred))); // the preferred first
        for (var algorithm : algorithms) {
            if (algorithm.formulations().contains(formulation)) {
                return registry.name(algorithm);
            }
            algorithm
                    .formulations()
                    .forEach(name ->
                            offers.computeIfAbsent(name, _ -> new TreeSet<>()).add(registry.name(algorithm)));
        }
        throw new AlignmentException(
                StandardErrorCode.UNSUPPORTED,
                "no algorithm offers the formulation '" + formulation + "'"
                        + NearestName.hint(formulation, offers.keySet()) + "; offered are "
                        + String.join(
                                ", ",
                                offers.entrySet().stream()
                                        .map(offer -> offer.getKey() + " " + offer.getValue())
                                        .toList()));
    }

    private StudyPreparation preparation() {
        return StudyPreparation.of(deployment);
    }

    @Override
    public void close() {
        deployment.close();
    }
}
