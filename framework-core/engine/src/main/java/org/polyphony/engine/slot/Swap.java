package org.polyphony.engine.slot;

import java.time.Duration;

/// One version of a slot's plugin about to replace another. The new one is started beside the old one, its settings
/// are bound and it has passed its golden calls; nobody calls it yet. Then [#flip], and [#settle] or [#back]; closing
/// it before that leaves the old version where it was. Used and closed by the thread that began it: other swaps of
/// the slot wait meanwhile.
public final class Swap implements AutoCloseable {

    private enum Step {
        TRIED,
        FLIPPED,
        DONE
    }

    private final Slots slots;
    private final Generation old;
    private final Generation next;
    private final SwapReport.Trial trial;
    private final Runnable onClose;
    private Step step = Step.TRIED;

    Swap(Slots slots, Generation old, Generation next, SwapReport.Trial trial, Runnable onClose) {
        this.slots = slots;
        this.old = old;
        this.next = next;
        this.trial = trial;
        this.onClose = onClose;
    }

    /// What fills the slot before the swap.
    public GenerationId from() {
        return old.id();
    }

    /// What is to fill it.
    public GenerationId to() {
        return next.id();
    }

    /// The golden calls that the new version has passed.
    public SwapReport.Trial trial() {
        return trial;
    }

    /// How calls on the old version go.
    public CallMeter former() {
        return old.meter();
    }

    /// How calls on the new version go.
    public CallMeter newer() {
        return next.meter();
    }

    /// From now on new requests get the new version. The old one stays started.
    public void flip() {
        require(Step.TRIED);
        slots.flip(next);
        step = Step.FLIPPED;
    }

    /// Lets the calls on the old version end, then stops and uninstalls it.
    public SwapReport settle() {
        require(Step.FLIPPED);
        step = Step.DONE;
        return slots.retire(old, next, trial);
    }

    /// From now on new requests get the old version again; the new one is stopped and uninstalled once its calls have
    /// ended.
    ///
    /// @return from the new version to the old one, which passes no golden calls again
    public SwapReport back() {
        require(Step.FLIPPED);
        slots.flip(old);
        step = Step.DONE;
        return slots.retire(next, old, new SwapReport.Trial(0, Duration.ZERO));
    }

    private void require(Step expected) {
        if (step != expected) {
            throw new IllegalStateException("the swap to " + next.id() + " is " + step + ", not " + expected);
        }
    }

    @Override
    public void close() {
        try {
            if (step == Step.TRIED) {
                slots.discard(next);
            } else if (step == Step.FLIPPED) {
                back();
            }
        } finally {
            step = Step.DONE;
            onClose.run();
        }
    }
}
