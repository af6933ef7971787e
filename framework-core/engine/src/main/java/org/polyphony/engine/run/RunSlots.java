package org.polyphony.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.engine.deploy.Assembly;
import org.polyphony.engine.plan.StudyPlan.AlgorithmUse;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.engine.plugin.BundleImage;
import org.polyphony.engine.plugin.PluginDescriptor;
import org.polyphony.engine.plugin.PluginRegistry;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.run.StudyOutcome.PluginInUse;
import org.polyphony.engine.slot.LeaseSet;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.verify.Wording;

/// The slots of one run: filled and leased together at its start, given back together at its end.
final class RunSlots implements AutoCloseable {

    /// The key under which targets find the settings that the plan has for them.
    static final String SETTINGS = "run";

    private final Assembly assembly;
    private final Map<PluginUse, String> filled = new LinkedHashMap<>();
    private final Map<PluginUse, AlignmentException> unfit = new LinkedHashMap<>();
    private final Map<PluginUse, List<Wording>> wordings = new LinkedHashMap<>();
    private final LeaseSet leases;

    private RunSlots(
            PluginRegistry registry,
            Assembly assembly,
            Map<PluginUse, Role> uses,
            Map<PluginUse, List<String>> formulations,
            List<Issue> issues) {
        this.assembly = assembly;
        uses.forEach((use, role) -> registry.find(role, use.plugin(), use.path() + ".plugin", issues)
                .ifPresent(plugin -> fill(use, registry.image(plugin), plugin, issues)));
        formulations.forEach((use, asked) -> wordings.put(
                use,
                asked.stream()
                        .map(registry::formulation)
                        .flatMap(Optional::stream)
                        .toList()));
        filled.keySet()
                .forEach(use ->
                        issues.addAll(assembly.bind(name(use), SETTINGS, use.settings(), use.path() + ".settings")));
        leases = assembly.lease();
        if (issues.isEmpty()) {
            filled.keySet().forEach(use -> test(use, formulations.getOrDefault(use, List.of())));
        }
    }

    // what is wrong with one plugin is told with what is wrong with the others
    private void fill(PluginUse use, BundleImage image, PluginDescriptor plugin, List<Issue> issues) {
        try {
            assembly.fill(name(use), image, plugin);
            filled.put(use, assembly.slot(name(use)));
        } catch (AlignmentException e) {
            issues.add(Issue.error(e.code().name(), String.valueOf(e.getMessage()), use.path() + ".plugin"));
        }
    }

    // told where the plugin is first used: others may do their work
    private void test(PluginUse use, List<String> formulations) {
        try {
            assembly.test(name(use), SETTINGS, formulations);
        } catch (AlignmentException e) {
            unfit.put(use, e);
        }
    }

    /// Fills and leases a slot for every use; what is wrong is added to `issues`.
    ///
    /// @param assembly without any plugin yet; closed with the result
    /// @param formulations what each algorithm will be asked for
    static RunSlots fill(
            PluginRegistry registry,
            Assembly assembly,
            Map<PluginUse, Role> uses,
            Map<PluginUse, List<String>> formulations,
            List<Issue> issues) {
        try {
            return new RunSlots(registry, assembly, uses, formulations, issues);
        } catch (RuntimeException | Error e) {
            assembly.close();
            throw e;
        }
    }

    /// The bus name of the slot that a use of the plan fills.
    ///
    /// @throws AlignmentException if the plugin has not passed its golden calls
    String slot(PluginUse use) {
        var failure = unfit.get(use);
        if (failure != null) {
            throw failure;
        }
        return given(use);
    }

    private String given(PluginUse use) {
        var slot = filled.get(use);
        if (slot == null) {
            throw new AlignmentException(StandardErrorCode.INTERNAL, "no slot is filled for " + use.path());
        }
        return slot;
    }

    /// The formulations of these algorithms that their plugins do not offer, as issues.
    List<Issue> notOffered(List<AlgorithmUse> algorithms) {
        var issues = new ArrayList<Issue>();
        for (var algorithm : algorithms) {
            var slot = filled.get(algorithm.use());
            if (slot != null) {
                Formulations.missing(
                                algorithm.use().plugin(), leases.plugin(slot).formulations(), algorithm.formulations())
                        .forEach(message -> issues.add(Issue.error(
                                StandardErrorCode.UNSUPPORTED.name(),
                                message,
                                algorithm.use().path() + ".formulations")));
            }
        }
        return issues;
    }

    /// What fills the slot of a use, whether it has passed its golden calls or not.
    PluginDescriptor plugin(PluginUse use) {
        return leases.plugin(given(use));
    }

    /// Where in the plan the plugins stand, by the slot that they fill.
    static Map<String, String> paths(Assembly assembly, Collection<PluginUse> uses) {
        var paths = new HashMap<String, String>();
        uses.forEach(use -> paths.put(assembly.slot(name(use)), use.path()));
        return paths;
    }

    /// The leases of this run.
    String lease() {
        return leases.id();
    }

    /// Which plugin fills each slot.
    List<PluginInUse> plugins() {
        var plugins = new ArrayList<PluginInUse>();
        filled.forEach((use, slot) -> {
            var generation = leases.generations().get(slot);
            if (generation != null) {
                plugins.add(new PluginInUse(
                        use.path(),
                        generation.plugin(),
                        generation.version(),
                        generation.sha256(),
                        generation.number(),
                        wordings.getOrDefault(use, List.of())));
            }
        });
        return plugins;
    }

    /// Every setting in effect, by path in the plan.
    Map<String, Map<String, Object>> settings() {
        var settings = new LinkedHashMap<String, Map<String, Object>>();
        filled.forEach((use, slot) -> settings.put(use.path(), leases.settings(slot, SETTINGS)));
        return settings;
    }

    @Override
    public void close() {
        leases.close();
        assembly.close();
    }

    // 'norms[0]' is no name for an address
    private static String name(PluginUse use) {
        return use.path().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "");
    }
}
