package org.polyphony.spi.alignment;

import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.tensor.Tensor;

/// An opened policy. Immutable and thread-safe; holds nothing that needs closing.
@ConsumerType
public interface ScoredPolicy {

    /// Log-probabilities of candidates given their features.
    ///
    /// @param features FLOAT64, shape (B, K, D)
    /// @param allowed UINT8, shape (B, K)
    /// @return FLOAT64, shape (B, K); −∞ where not allowed
    Tensor score(Tensor features, Tensor allowed, PluginContext context);
}
