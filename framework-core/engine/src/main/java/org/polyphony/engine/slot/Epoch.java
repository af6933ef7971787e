package org.polyphony.engine.slot;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Which generation fills each slot, from one swap to the next. Replaced as a whole by one volatile write, so
/// that a request never sees half a change.
///
/// @param number counts the changes
/// @param generations slot name → generation
record Epoch(long number, Map<String, Generation> generations) {

    Epoch {
        generations = Collections.unmodifiableMap(new TreeMap<>(generations));
    }

    static Epoch empty() {
        return new Epoch(0, Map.of());
    }

    /// The same with these slots only.
    Epoch only(Predicate<String> wanted) {
        var some = new TreeMap<>(generations);
        some.keySet().removeIf(wanted.negate());
        return some.size() == generations.size() ? this : new Epoch(number, some);
    }

    Epoch with(String slot, Generation generation) {
        var changed = new TreeMap<>(generations);
        changed.put(slot, generation);
        return new Epoch(number + 1, changed);
    }

    Epoch without(Set<String> slots) {
        var changed = new TreeMap<>(generations);
        changed.keySet().removeAll(slots);
        return new Epoch(number + 1, changed);
    }
}
