package org.polyphony.support;

import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Game;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.context.PluginContext;

/// An algorithm that solves one game at a time: write [#solve], and name the formulations in the
/// [org.polyphony.spi.plugin.Plugin] annotation.
///
/// Around it, [GameLoop] refuses formulations that are not offered and items without an allowed candidate, shares
/// games out in chunks that do not depend on the number of threads, tells progress, stops when cancelled, and reports
/// games that did not converge.
public abstract class GameByGame implements AlignmentAlgorithm {

    /// The policy of one game in which at least one candidate is allowed. Candidates that are not allowed must have no
    /// mass. Called from several threads at once.
    ///
    /// @param formulation one that is offered
    /// @throws IllegalArgumentException if the numbers are no game of this algorithm: what is wrong, and what to do
    protected abstract Answer solve(Game game, String formulation, PluginContext context);

    /// What to do when games did not converge, as an imperative.
    protected String advice() {
        return "choose other settings";
    }

    @Override
    public final PolicySolution align(AlignmentRequest request, PluginContext context) {
        var declared = Declarations.of(
                        getClass(), AlignmentAlgorithm.class, context.plugin().id())
                .orElseThrow(() -> new IllegalStateException(getClass() + " carries no @Plugin"));
        var loop = GameLoop.of(declared.id(), advice());
        for (var formulation : declared.formulations()) {
            loop = loop.with(formulation, Extras.NONE, (_, _) -> () -> game -> solve(game, formulation, context));
        }
        return loop.align(request, context);
    }
}
