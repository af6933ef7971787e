package org.polyphony.engine.bus;

import java.util.List;
import java.util.function.IntFunction;

/// Runs chunks of work on platform threads that belong to one generation of a plugin.
@FunctionalInterface
public interface ParallelRunner {

    /// Runs `work` for `0 … chunks-1`, blocks until all are done, and returns the results in chunk order. An
    /// interrupt of the calling thread cancels the chunks that have not started.
    ///
    /// @throws RuntimeException the first failure in chunk order
    <T> List<T> run(int chunks, IntFunction<T> work);
}
