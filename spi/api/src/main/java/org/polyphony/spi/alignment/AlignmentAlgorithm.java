package org.polyphony.spi.alignment;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;

/// Turns preference games into policies.
///
/// What it claims is not believed: the engine recomputes every certificate from the game and the policy
/// alone. An algorithm that did not converge says so; it never throws for a game it could not solve.
/// **Threads.** Called from many virtual threads at once; loops over numbers go to
/// [PluginContext#parallel].
@ConsumerType
public interface AlignmentAlgorithm {

    /// The formulations it solves, of [Formulation] or its own: what its [Plugin] annotation says.
    default Set<String> formulations() {
        Plugin declared = getClass().getAnnotation(Plugin.class);
        return declared == null
                ? Set.of()
                : Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(declared.formulations())));
    }

    /// Solves every game of the request under its formulation.
    ///
    /// Only allowed candidates play; candidates that are not allowed get exactly zero mass (log-probability
    /// −∞). An item without any allowed candidate is answered as refused.
    PolicySolution align(AlignmentRequest request, PluginContext context);
}
