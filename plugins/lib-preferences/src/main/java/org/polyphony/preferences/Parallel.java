package org.polyphony.preferences;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/// A parallel loop lent by the caller, such as a plugin's `context.parallel`.
///
/// Every call site cuts its work into indices that do not depend on the number of cores and reduces in index
/// order, so
/// any implementation that runs each index exactly once gives the same bytes.
@FunctionalInterface
public interface Parallel {
    /// Runs one index after the other on the calling thread.
    Parallel SEQUENTIAL = (count, body) -> {
        for (int index = 0; index < count; index++) {
            body.accept(index);
        }
    };

    /// Runs `body` once for every index in [0, count), possibly at once on several threads, and returns when
    /// all are
    /// done.
    /// What the indices wrote is visible to the caller then; a failure of any index is thrown to the caller.
    void forEach(int count, IntConsumer body);

    /// Results of `body` for every index in [0, count), in index order.
    default <T> List<T> map(int count, IntFunction<T> body) {
        Object[] results = new Object[count];
        forEach(count, index -> results[index] = body.apply(index));
        List<T> ordered = new ArrayList<>(count);
        for (Object result : results) {
            @SuppressWarnings("unchecked") // only results of body are stored
            T typed = (T) result;
            ordered.add(typed);
        }
        return ordered;
    }
}
