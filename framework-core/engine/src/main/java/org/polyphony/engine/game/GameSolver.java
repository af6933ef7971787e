package org.polyphony.engine.game;

import java.util.List;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.tensor.TensorAllocator;

/// An algorithm that is started and solves games batch by batch, so that few are held at a time. Safe for use by many
/// threads. Closing it ends the algorithm.
public interface GameSolver extends AutoCloseable {

    /// Memory and calls of a batch of games; many may be open at once.
    ///
    /// @param what the batch, for leak reports
    Batch open(String what);

    /// What the algorithm had to say so far, in a reproducible order.
    List<Issue> issues();

    @Override
    void close();

    /// See [#open]. Used by one thread.
    interface Batch extends AutoCloseable {

        /// What is taken from it is lent to the algorithm without a copy, until this is closed.
        TensorAllocator memory();

        /// Solves games; the solution lives until this is closed.
        PolicySolution align(AlignmentRequest request);

        @Override
        void close();
    }
}
