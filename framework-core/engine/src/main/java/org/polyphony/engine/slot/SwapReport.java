package org.polyphony.engine.slot;

import java.time.Duration;

/// What a swap did.
///
/// @param from the generation that was replaced; it is stopped and uninstalled
/// @param to the generation that now fills the slot
/// @param trial the golden calls it passed
/// @param drain how long calls on the old generation went on after the switch
/// @param drained false if calls on the old generation exceeded the limit and were cancelled
/// @param leakedBytes tensor memory that the old generation's calls had not given back; it is freed
public record SwapReport(
        GenerationId from, GenerationId to, Trial trial, Duration drain, boolean drained, long leakedBytes) {

    /// The golden calls of a generation: its own self-test, and that of its role.
    ///
    /// @param goldenCalls how many it passed
    /// @param took how long they took
    public record Trial(int goldenCalls, Duration took) {}
}
