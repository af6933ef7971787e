package org.polyphony.engine.slot;

import java.time.Duration;

/// How long the steps of a swap may take, and how much a generation may hold.
///
/// @param selfTest the golden calls of a new generation
/// @param turn waiting for an earlier swap of the same slot
/// @param drain calls on the old generation; those that take longer are cancelled
/// @param stop threads of a generation, after its calls have returned or were cancelled
/// @param opened how many profiles or policies a generation keeps open that no call uses, ≥ 1
public record SlotLimits(Duration selfTest, Duration turn, Duration drain, Duration stop, int opened) {

    private static final int OPENED = 8;

    // for threads that nobody waits for: those that mind an interrupt need less
    private static final Duration GIVEN_UP = Duration.ofSeconds(1);

    /// A minute for self-tests, ten seconds for a turn, two minutes to drain, five seconds to stop; eight
    /// things open.
    public static SlotLimits defaults() {
        return new SlotLimits(
                Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofSeconds(5), OPENED);
    }

    /// How long calls that were given up are waited for at the end.
    Duration givenUp() {
        return stop.compareTo(GIVEN_UP) < 0 ? stop : GIVEN_UP;
    }

    /// The same with this limit on draining.
    public SlotLimits withDrain(Duration limit) {
        return new SlotLimits(selfTest, turn, limit, stop, opened);
    }

    /// The same with this limit on waiting for an earlier swap.
    public SlotLimits withTurn(Duration limit) {
        return new SlotLimits(selfTest, limit, drain, stop, opened);
    }

    /// The same with this limit on self-tests.
    public SlotLimits withSelfTest(Duration limit) {
        return new SlotLimits(limit, turn, drain, stop, opened);
    }

    /// The same with this many things open.
    public SlotLimits withOpened(int most) {
        return new SlotLimits(selfTest, turn, drain, stop, most);
    }
}
