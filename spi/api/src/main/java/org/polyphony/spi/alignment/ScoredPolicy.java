package org.polyphony.spi.alignment;

import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.tensor.Tensor;

/// An opened policy. Immutable; opened once and asked often, by many threads at once, each with a context of its
/// own.
@ConsumerType
public interface ScoredPolicy extends AutoCloseable {

    /// Log-probabilities of candidates given their features.
    ///
    /// @param features FLOAT64, shape (B, K, D)
    /// @param allowed UINT8, shape (B, K)
    /// @return FLOAT64, shape (B, K); −∞ where not allowed
    Tensor score(Tensor features, Tensor allowed, PluginContext context);

    /// Gives back what the heap does not hold: native memory, files, connections. Called once, after the last
    /// answer, on a thread of the plugin; the artefact can be read until it returns. Does nothing unless
    /// overridden.
    @Override
    default void close() {}
}
