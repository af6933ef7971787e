package org.polyphony.engine.bus;

import org.polyphony.spi.error.Issue;

/// Hears what the stages of a run tell while they work. Called on the plugin's threads, possibly many at once:
/// it must be quick and must not throw. Calls that have returned or were given up are not heard any more.
public interface StageListener {

    /// A listener that does nothing.
    static StageListener none() {
        return new StageListener() {};
    }

    /// A call began, advanced or ended.
    default void progress(StageProgress progress) {}

    /// A plugin recorded something the user should know.
    ///
    /// @param stage which stage, as `role.slot.verb`
    default void issue(String stage, Issue issue) {}
}
