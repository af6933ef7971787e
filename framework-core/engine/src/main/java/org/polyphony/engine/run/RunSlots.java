package org.polyphony.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.engine.plugin.PluginDescriptor;
import org.polyphony.engine.run.StudyOutcome.PluginInUse;
import org.polyphony.engine.slot.LeaseSet;

/// The slots of a plan as one run or request has leased them: to its end it keeps to the generations it
/// began with.
final class RunSlots implements AutoCloseable {

    private final PlanSlots slots;
    private final LeaseSet leases;

    RunSlots(PlanSlots slots, LeaseSet leases) {
        this.slots = slots;
        this.leases = leases;
    }

    /// The slots themselves. Whoever filled them closes them.
    PlanSlots slots() {
        return slots;
    }

    /// See [PlanSlots#slot].
    String slot(PluginUse use) {
        return slots.slot(use);
    }

    /// What fills the slot of a use, whether it has passed its golden calls or not.
    PluginDescriptor plugin(PluginUse use) {
        return leases.plugin(slots.given(use));
    }

    /// The leases of this run.
    String lease() {
        return leases.id();
    }

    /// Which plugin fills each slot.
    List<PluginInUse> plugins() {
        var plugins = new ArrayList<PluginInUse>();
        var generations = leases.generations();
        slots.filled().forEach((use, slot) -> {
            var generation = generations.get(slot);
            if (generation != null) {
                plugins.add(new PluginInUse(
                        use.path(),
                        generation.plugin(),
                        generation.version(),
                        generation.sha256(),
                        generation.number(),
                        slots.wordings(use)));
            }
        });
        return plugins;
    }

    /// Every setting in effect, by path in the plan.
    Map<String, Map<String, Object>> settings() {
        var settings = new LinkedHashMap<String, Map<String, Object>>();
        slots.filled().forEach((use, slot) -> settings.put(use.path(), leases.settings(slot, PlanSlots.SETTINGS)));
        return settings;
    }

    /// Counts what a request measured of its answer, for every plugin that took part.
    void measure(String metric, double value) {
        leases.measure(metric, value);
    }

    /// Gives the leases back. The plugins stay.
    @Override
    public void close() {
        leases.close();
    }
}
