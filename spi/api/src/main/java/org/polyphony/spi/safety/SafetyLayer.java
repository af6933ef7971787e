package org.polyphony.spi.safety;

import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.context.PluginContext;

/// A contextual norm: what a verified role, culture or situation does not allow. It can only narrow what
/// the universal constraints allow, and never sees a person's learned profile.
///
/// A layer that throws, times out or answers a wrong shape has refused every candidate. **Threads.** Called
/// from many virtual threads at once; it may block.
@ConsumerType
public interface SafetyLayer {

    /// Decides for every candidate.
    ReviewResult review(ReviewRequest request, PluginContext context);
}
