package org.polyphony.spi.alignment;

import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.context.PluginContext;

/// Turns preference games into policies.
///
/// What it claims is not believed: the engine recomputes every certificate from the game and the policy
/// alone. An algorithm that did not converge says so; it never throws for a game it could not solve.
/// **Threads.** Called from many virtual threads at once; loops over numbers go to
/// [PluginContext#parallel].
@ConsumerType
public interface AlignmentAlgorithm {

    /// Solves every game of the request under its formulation, one that the class's
    /// [org.polyphony.spi.plugin.Plugin] annotation declares.
    ///
    /// Only allowed candidates play; candidates that are not allowed get exactly zero mass (log-probability
    /// −∞). An item without any allowed candidate is answered as refused.
    PolicySolution align(AlignmentRequest request, PluginContext context);
}
