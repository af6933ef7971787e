package org.polyphony.plugin.algorithm.selfplay;

import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.plugin.Plugin;

/// Online mirror descent, see [Inpo].
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "inpo",
        formulations = Formulation.POPULATION,
        settings = InpoSettings.class,
        summary = "INPO, mirror descent with a pull to the reference policy: reaches the"
                + " equilibrium of the regularised game, with small steps.")
public final class InpoAlgorithm extends SelfPlayAlgorithm {

    /// Made by the engine.
    public InpoAlgorithm() {
        super(
                "inpo",
                GoldenGame.regularisedCycle(1e-4),
                running(
                        (request, context) -> {
                            var settings = context.settings(InpoSettings.class);
                            return settings.solver(request.tau().orElse(settings.tau()));
                        },
                        (request, context) -> {
                            var settings = context.settings(InpoSettings.class);
                            return settings.batched(request.tau().orElse(settings.tau()), context);
                        }));
    }
}
