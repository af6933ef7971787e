package org.polyphony.engine.run;

import java.util.ArrayList;
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
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.verify.Wording;

/// The slots that the plugins of a plan fill. A study leases them once, for its run; a deployment once
/// for each request.
final class PlanSlots implements AutoCloseable {

    /// The key under which targets find the plan's settings.
    static final String SETTINGS = "run";

    private final Assembly assembly;
    private final Map<PluginUse, String> filled = new LinkedHashMap<>();
    private final Map<PluginUse, AlignmentException> unfit = new LinkedHashMap<>();
    private final Map<PluginUse, List<Wording>> wordings = new LinkedHashMap<>();

    private PlanSlots(Assembly assembly) {
        this.assembly = assembly;
    }

    /// Fills a slot for every use, binds its settings and tests its plugin on them; what is wrong is
    /// added to `issues`.
    ///
    /// @param assembly without any plugin yet; closed with the result
    /// @param formulations what each algorithm will be asked for
    static PlanSlots fill(
            PluginRegistry registry,
            Assembly assembly,
            Map<PluginUse, Role> uses,
            Map<PluginUse, List<String>> formulations,
            List<Issue> issues) {
        var slots = new PlanSlots(assembly);
        try {
            uses.forEach((use, role) -> registry.find(role, use.plugin(), use.path() + ".plugin", issues)
                    .ifPresent(plugin -> slots.fill(use, registry.image(plugin), plugin, issues)));
            formulations.forEach((use, asked) -> slots.wordings.put(
                    use,
                    asked.stream()
                            .map(registry::formulation)
                            .flatMap(Optional::stream)
                            .toList()));
            slots.filled
                    .keySet()
                    .forEach(use -> issues.addAll(
                            assembly.bind(name(use), SETTINGS, use.settings(), use.path() + ".settings")));
            if (issues.isEmpty()) {
                slots.test(formulations);
            }
            return slots;
        } catch (RuntimeException | Error e) {
            assembly.close();
            throw e;
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

    /// The slots themselves, by names made of the places in the plan: `norms[0]` is `norms-0`.
    Assembly assembly() {
        return assembly;
    }

    /// Takes a lease on every slot, of one moment.
    RunSlots lease() {
        return new RunSlots(this, assembly.lease());
    }

    // told where the plugin is first used: others may do their work
    private void test(Map<PluginUse, List<String>> formulations) {
        for (var use : filled.keySet()) {
            try {
                assembly.test(name(use), SETTINGS, formulations.getOrDefault(use, List.of()));
            } catch (AlignmentException e) {
                unfit.put(use, e);
            }
        }
    }

    /// Which slot each use of the plan fills.
    Map<PluginUse, String> filled() {
        return filled;
    }

    /// What the formulations are that an algorithm of the plan is asked for.
    List<Wording> wordings(PluginUse use) {
        return wordings.getOrDefault(use, List.of());
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

    /// The same, whether it has passed its golden calls or not.
    String given(PluginUse use) {
        var slot = filled.get(use);
        if (slot == null) {
            throw new AlignmentException(StandardErrorCode.INTERNAL, "no slot is filled for " + use.path());
        }
        return slot;
    }

    /// The formulations of these algorithms that their plugins do not offer, as issues.
    List<Issue> notOffered(List<AlgorithmUse> algorithms, RunSlots leased) {
        var issues = new ArrayList<Issue>();
        for (var algorithm : algorithms) {
            if (filled.containsKey(algorithm.use())) {
                Formulations.missing(
                                algorithm.use().plugin(),
                                leased.plugin(algorithm.use()).formulations(),
                                algorithm.formulations())
                        .forEach(message -> issues.add(Issue.error(
                                StandardErrorCode.UNSUPPORTED.name(),
                                message,
                                algorithm.use().path() + ".formulations")));
            }
        }
        return issues;
    }

    /// The name of their assembly, unique in the process.
    String id() {
        return assembly.id();
    }

    /// Where in the plan the plugins stand, by the slot that they fill.
    Map<String, String> paths() {
        var paths = new HashMap<String, String>();
        filled.forEach((use, slot) -> paths.put(slot, use.path()));
        return paths;
    }

    @Override
    public void close() {
        assembly.close();
    }

    // 'norms[0]' is no name for an address
    private static String name(PluginUse use) {
        return use.path().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "");
    }
}
