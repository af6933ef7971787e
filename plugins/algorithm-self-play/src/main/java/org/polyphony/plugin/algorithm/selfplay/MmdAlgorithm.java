package org.polyphony.plugin.algorithm.selfplay;

import org.polyphony.games.selfplay.Mmd;
import org.polyphony.games.selfplay.SelfPlayRule;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.plugin.Plugin;

/// Magnetic mirror descent, see [Mmd].
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "mmd",
        formulations = Formulation.POPULATION,
        settings = RegularisedSettings.class,
        summary = "Magnetic mirror descent, the inner step of MPO: reaches the equilibrium of the"
                + " regularised game, with small steps.")
public final class MmdAlgorithm extends SelfPlayAlgorithm {

    /// Made by the engine.
    public MmdAlgorithm() {
        super("mmd", GoldenGame.regularisedCycle(1e-4), running((request, context) -> {
            var settings = context.settings(RegularisedSettings.class);
            double tau = request.tau().orElse(settings.tau());
            return settings.solver(settings.step()
                    .<SelfPlayRule>map(step -> new Mmd(step, tau))
                    .orElseGet(() -> Mmd.ofTau(tau)));
        }));
    }
}
