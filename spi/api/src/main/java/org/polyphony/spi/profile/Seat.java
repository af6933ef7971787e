package org.polyphony.spi.profile;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Whom a stakeholder stands for: everybody of whom all these levels are true.
///
/// @param id the stakeholder's name
/// @param levels attribute → level, for example role → nurse, country → jp; empty is everyone
public record Seat(String id, Map<String, String> levels) {

    public Seat {
        levels = Collections.unmodifiableSortedMap(new TreeMap<>(levels));
    }

    /// The seat of everybody of whom all these levels are true.
    public static Seat of(String id, Map<String, String> levels) {
        return new Seat(id, levels);
    }

    /// The seat of one level of an attribute, called like the level.
    public static Seat of(String attribute, String level) {
        return new Seat(level, Map.of(attribute, level));
    }
}
