package org.polyphony.plugin.algorithm.selfplay;

import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.plugin.Plugin;

/// COMAL, see [Comal]. The request's τ is the pull inside; the game that is solved has none.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "comal",
        formulations = Formulation.POPULATION,
        settings = ComalSettings.class,
        summary = "COMAL: solves a chain of regularised games, each around the policy that solved"
                + " the one before, and so leads the last policy to an equilibrium of the game"
                + " itself.")
public final class ComalAlgorithm extends SelfPlayAlgorithm {

    /// Made by the engine.
    public ComalAlgorithm() {
        super("comal", GoldenGame.cycle(1e-3), running((request, context) -> {
            var settings = context.settings(ComalSettings.class);
            return settings.solver(request.tau().orElse(settings.tau()));
        }));
    }
}
