package org.polyphony.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.engine.plan.StudyPlan.AlgorithmUse;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.engine.plan.StudyPlan.Unseen;
import org.polyphony.engine.plan.StudyPlan.Unseen.By;
import org.polyphony.engine.plugin.PluginDescriptor;
import org.polyphony.engine.plugin.PluginRegistry;
import org.polyphony.engine.plugin.Role;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Need;

/// Holds what is asked of plugins against what their jars declare, before anything of them runs. Plugins that are not
/// installed are passed over; who fills their slots tells that.
final class DeclarationCheck {

    private final PluginRegistry registry;
    private final List<Issue> issues;

    /// @param issues what is wrong is added to them
    DeclarationCheck(PluginRegistry registry, List<Issue> issues) {
        this.registry = registry;
        this.issues = issues;
    }

    /// The plan with a scorer for every algorithm whose policies are to answer items left out: the one that the plan
    /// names, or the only one installed that reads what the algorithm writes.
    StudyPlan withScorers(StudyPlan plan) {
        var unseen = plan.solving().unseen().filter(of -> of.by() == By.POLICIES);
        if (unseen.isEmpty()) {
            return plan;
        }
        int before = issues.size();
        var algorithms = new ArrayList<AlgorithmUse>();
        boolean known = true;
        for (var algorithm : plan.solving().algorithms()) {
            var plugin = installed(Role.ALGORITHM, algorithm.use());
            known &= plugin.isPresent();
            algorithms.add(
                    plugin.isPresent() && isWanted(plan, unseen.get(), algorithm)
                            ? scorer(algorithm, plugin.get(), isNamed(plan, unseen.get(), algorithm))
                                    .map(algorithm::withScorer)
                                    .orElse(algorithm)
                            : algorithm);
        }
        if (known
                && issues.size() == before
                && algorithms.stream().allMatch(of -> of.scorer().isEmpty())) {
            unsupported(
                    "no algorithm of the study writes a policy that answers items it has not seen, only one table per"
                            + " item; choose one that does, or leave 'unseen' out",
                    "unseen");
        }
        return plan.with(plan.solving().with(algorithms));
    }

    private static boolean isWanted(StudyPlan plan, Unseen unseen, AlgorithmUse algorithm) {
        return plan.solving().policies().stream()
                .anyMatch(policy -> policy.algorithm().equals(algorithm) && unseen.wants(policy));
    }

    private static boolean isNamed(StudyPlan plan, Unseen unseen, AlgorithmUse algorithm) {
        return plan.solving().policies().stream()
                .anyMatch(policy -> policy.algorithm().equals(algorithm) && unseen.names(policy));
    }

    private Optional<PluginUse> scorer(AlgorithmUse algorithm, PluginDescriptor plugin, boolean named) {
        var writes = plugin.declared().writes();
        var what = "algorithm '" + algorithm.use().plugin() + "' writes " + (writes.isEmpty() ? "no policy" : writes);
        if (algorithm.scorer().isPresent()) {
            var scorer = installed(Role.SCORER, algorithm.scorer().get());
            if (scorer.isPresent() && !scorer.get().readsOf(plugin)) {
                unsupported(
                        what + ", and scorer '" + algorithm.scorer().get().plugin() + "' reads "
                                + scorer.get().declared().reads() + "; name one that reads it, or none",
                        algorithm.scorerPath() + ".plugin");
            }
            return algorithm.scorer();
        }
        if (writes.isEmpty()) {
            if (named) {
                unsupported(what + " that answers items it has not seen; leave it out of 'unseen.policies'", "unseen");
            }
            return Optional.empty();
        }
        var readers = registry.plugins(Role.SCORER).stream()
                .filter(scorer -> scorer.readsOf(plugin))
                .map(registry::name)
                .toList();
        if (readers.size() == 1) {
            return Optional.of(new PluginUse(readers.getFirst(), Map.of(), algorithm.scorerPath()));
        }
        unsupported(
                readers.isEmpty()
                        ? what + ", and no installed scorer reads that, so nothing answers the items left out; install"
                                + " one, or leave the algorithm out of 'unseen.policies'"
                        : what + ", which " + readers.size() + " scorers read: " + String.join(", ", readers)
                                + "; say which, for example 'scorer: {plugin: " + readers.getFirst() + "}'",
                algorithm.scorerPath());
        return Optional.empty();
    }

    /// Refuses to ask a profiler about items outside its fit that does not say that it generalises.
    void generalises(StudyPlan plan) {
        var profiler = plan.people().profiler();
        boolean asks =
                plan.solving().unseen().filter(of -> of.by() == By.PROFILES).isPresent();
        if (asks
                && profiler.flatMap(use -> installed(Role.PROFILER, use))
                        .filter(plugin -> !plugin.declared().generalises())
                        .isPresent()) {
            var others = registry.plugins(Role.PROFILER).stream()
                    .filter(plugin -> plugin.declared().generalises())
                    .map(registry::name)
                    .toList();
            unsupported(
                    "profiler '" + profiler.orElseThrow().plugin()
                            + "' knows the items it was fitted to and no others (it does not"
                            + " say that it generalises), and 'by: profiles' asks about items that were left out; "
                            + (others.isEmpty()
                                    ? "no installed profiler generalises, so leave 'by' out"
                                    : "use one that generalises: " + String.join(", ", others)),
                    "unseen.by");
        }
    }

    /// Refuses plugins that need features where nothing makes any. Whatever answers items left out needs them, because
    /// it knows their candidates by nothing else.
    ///
    /// @param generalising the profiler that is asked about items outside its fit, if one is
    void features(Map<PluginUse, Role> uses, Optional<PluginUse> generalising) {
        var needing = needing(Need.FEATURES, uses);
        uses.forEach((use, role) -> {
            if (role == Role.SCORER) {
                needing.put(use, role);
            }
        });
        generalising.ifPresent(use -> needing.put(use, Role.PROFILER));
        needing.forEach((use, role) -> unsupported(
                role + " '" + use.plugin() + "' needs features of the candidates, and there are none; features are made"
                        + " of texts by the 'encoders' of a study",
                use.path() + ".plugin"));
    }

    /// Refuses plugins that need a network where none is allowed.
    void network(Map<PluginUse, Role> uses) {
        needing(Need.NETWORK, uses)
                .forEach((use, role) -> unsupported(
                        role + " '" + use.plugin() + "' asks a service on a network; allow it with --allow-network",
                        use.path() + ".plugin"));
    }

    private Map<PluginUse, Role> needing(Need need, Map<PluginUse, Role> uses) {
        var needing = new LinkedHashMap<PluginUse, Role>();
        uses.forEach((use, role) ->
                installed(role, use).filter(plugin -> plugin.needs(need)).ifPresent(_ -> needing.put(use, role)));
        return needing;
    }

    private Optional<PluginDescriptor> installed(Role role, PluginUse use) {
        return registry.find(role, use.plugin(), use.path(), new ArrayList<>());
    }

    private void unsupported(String message, String location) {
        issues.add(Issue.error(StandardErrorCode.UNSUPPORTED.name(), message, location));
    }
}
