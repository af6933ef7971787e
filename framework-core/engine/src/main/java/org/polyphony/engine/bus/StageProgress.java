package org.polyphony.engine.bus;

/// How far one call of a run is.
///
/// @param run the run's id
/// @param stage which stage, as `role.slot.verb`, for example `algorithm.algorithm.align`
/// @param state where the call stands
/// @param done steps done, 0 … total
/// @param total how many steps there are; 0 where the plugin has not said
public record StageProgress(String run, String stage, State state, long done, long total) {

    /// Where a call stands.
    public enum State {
        /// The plugin has been entered.
        STARTED,
        /// The plugin told how far it is.
        ADVANCED,
        /// The plugin has returned a result.
        FINISHED,
        /// The call failed, timed out or was cancelled.
        FAILED
    }
}
