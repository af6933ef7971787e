package org.polyphony.engine.bus;

import org.polyphony.engine.plugin.Role;

/// A step of the pipeline: what a plugin is asked to do, and in which place. It stays this value all the way; as text,
/// `role.slot.verb`, it stands in addresses and messages.
///
/// @param role what fills the slot
/// @param slot the place in the pipeline, for example `profiler`; a part of the bus address, without dots
/// @param verb what is asked, for example `align`
public record Stage(Role role, String slot, String verb) {

    public Stage {
        if (slot.isEmpty() || slot.contains(".")) {
            throw new IllegalArgumentException("a slot's name has no dots and is not empty, got '" + slot + "'");
        }
    }

    /// Where its calls are sent on the bus.
    String address() {
        return "polyphony." + this;
    }

    @Override
    public String toString() {
        return role + "." + slot + "." + verb;
    }
}
