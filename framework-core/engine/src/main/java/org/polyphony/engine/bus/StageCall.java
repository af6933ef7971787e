package org.polyphony.engine.bus;

import java.time.Duration;
import org.polyphony.engine.plugin.Verb;

/// What is asked of whom, and how long it may take.
///
/// @param verb what is asked
/// @param slot the place in the pipeline, for example `profiler`; without dots
/// @param lease id of the lease that holds a generation of the slot
/// @param settings key under which the target finds the validated settings of this run
/// @param timeout after which the caller gives up; the plugin is then cancelled and keeps its inputs until it
///     returns
public record StageCall<I extends Record, O extends Record>(
        Verb<I, O> verb, String slot, String lease, String settings, Duration timeout) {

    /// The key of the settings record in which every setting has its default.
    public static final String DEFAULT_SETTINGS = "defaults";

    public StageCall {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be > 0, got " + timeout);
        }
    }

    /// The step that is called.
    public Stage stage() {
        return new Stage(verb.role(), slot, verb.name());
    }
}
