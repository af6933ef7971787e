package org.polyphony.engine.deploy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.polyphony.engine.bus.StageBus;
import org.polyphony.engine.bus.StageEndpoint;
import org.polyphony.engine.plugin.BundleImage;
import org.polyphony.engine.plugin.PluginDescriptor;
import org.polyphony.engine.slot.CallMeter;
import org.polyphony.engine.slot.GenerationId;
import org.polyphony.engine.slot.LeaseSet;
import org.polyphony.engine.slot.Slots;
import org.polyphony.engine.slot.Swap;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;

/// Slots that belong together: those of one study, of one deployment file, of one arm of an experiment. They are
/// filled and emptied together, and a lease set covers one assembly: an update waits for the calls of its own users,
/// never for those of another. Not for use by several threads; leases are.
public final class Assembly implements AutoCloseable {

    private final String id;
    private final Slots slots;
    private final StageBus bus;
    private final Set<String> filled = new LinkedHashSet<>();
    private final List<StageEndpoint> endpoints = new ArrayList<>();

    Assembly(String id, Slots slots, StageBus bus) {
        this.id = id;
        this.slots = slots;
        this.bus = bus;
    }

    /// The assembly's name, unique in the process.
    public String id() {
        return id;
    }

    /// The name on the bus of a slot of this assembly.
    ///
    /// @param name without dots, unique in the assembly
    public String slot(String name) {
        return id + "-" + name;
    }

    /// Fills a slot and opens it for calls. The plugin is not tested yet, since its settings are bound afterwards:
    /// see [#bind], then [#test].
    ///
    /// @throws AlignmentException if the plugin cannot be installed or constructed; there is no slot then
    public void fill(String name, BundleImage image, PluginDescriptor plugin) {
        var slot = slot(name);
        slots.fill(slot, image, plugin);
        filled.add(slot);
        endpoints.add(StageEndpoint.open(bus, plugin.role(), slot, slots));
    }

    /// Binds what a person wrote to a slot, for calls that name `key`: to the plugin that fills it, and to every
    /// version that will.
    ///
    /// @param path where the tree stands in its file, for issues
    /// @return everything that is wrong; nothing is kept then
    public List<Issue> bind(String name, String key, Map<String, ?> tree, String path) {
        return slots.bind(slot(name), key, tree, path);
    }

    /// The names of its slots, in the order in which they were filled.
    public List<String> names() {
        return filled.stream().map(slot -> slot.substring(id.length() + 1)).toList();
    }

    /// What fills a slot now.
    public PluginDescriptor plugin(String name) {
        return slots.plugin(slot(name));
    }

    /// Which generation fills a slot now.
    public GenerationId current(String name) {
        return slots.current(slot(name));
    }

    /// The bytes of the bundle that fills a slot now.
    public BundleImage image(String name) {
        return slots.image(slot(name));
    }

    /// The formulations that the algorithm of a slot was tested for, sorted.
    public Set<String> formulations(String name) {
        return slots.formulations(slot(name));
    }

    /// How calls on the generation that fills a slot now go.
    public CallMeter meter(String name) {
        return slots.meter(slot(name));
    }

    /// Begins to replace the plugin of a slot, as [Slots#begin] does. For use by any thread.
    public Swap begin(String name, BundleImage image, PluginDescriptor plugin) {
        return slots.begin(slot(name), image, plugin);
    }

    /// Takes a lease on every slot of the assembly, of one moment.
    public LeaseSet lease() {
        return slots.lease(filled);
    }

    /// Runs the golden calls of the plugin that fills a slot, on settings that were bound to it. Every version that
    /// replaces it must pass the same.
    ///
    /// @param settings their key
    /// @param formulations those an algorithm will be asked for; empty means all it offers
    /// @throws AlignmentException if the plugin does not pass; it still fills the slot
    public void test(String name, String settings, List<String> formulations) {
        slots.test(slot(name), settings, formulations);
    }

    /// Waits for the leases that are out, then stops the plugins. Those of other assemblies go on.
    @Override
    public void close() {
        endpoints.forEach(StageEndpoint::close);
        slots.clear(filled);
    }
}
