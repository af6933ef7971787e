package org.polyphony.engine.bus;

import java.time.Duration;

/// Which plugin a call goes to and how long it may take.
///
/// @param slot the place in the pipeline, for example `profiler`; a part of the bus address, without dots
/// @param lease id of the lease that holds a generation of the slot
/// @param settings key under which the target finds the validated settings of this run
/// @param timeout after which the caller gives up; the plugin is then cancelled and keeps its inputs until it
///     returns
public record StageCall(String slot, String lease, String settings, Duration timeout) {

    /// The key of the settings record in which every setting has its default.
    public static final String DEFAULT_SETTINGS = "defaults";

    public StageCall {
        if (slot.isEmpty() || slot.contains(".")) {
            throw new IllegalArgumentException("a slot's name has no dots and is not empty, got '" + slot + "'");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be > 0, got " + timeout);
        }
    }
}
