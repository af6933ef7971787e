package org.polyphony.spi.profile;

import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// Pairs worth asking, the best first.
///
/// @param pairs INT32, shape (Q, 2): numbers of two candidates of one item, each pair once, in either order;
///     whoever asks decides which is shown first
/// @param worth FLOAT64, shape (Q), from 0, descending: what the profiler expects of each answer, in a unit of its own
///     that compares questions of one call
public record Questions(Tensor pairs, Tensor worth) {

    public Questions {
        if (pairs.type() != ElementType.INT32
                || worth.type() != ElementType.FLOAT64
                || pairs.size() != 2 * worth.size()) {
            throw new IllegalArgumentException(
                    "questions must be pairs INT32[Q, 2] with their worth FLOAT64[Q], got " + pairs + " and " + worth);
        }
    }

    /// Questions of these tensors.
    public static Questions of(Tensor pairs, Tensor worth) {
        return new Questions(pairs, worth);
    }

    /// How many there are.
    public int count() {
        return Math.toIntExact(worth.size());
    }
}
