package org.polyphony.plugin.algorithm.selfplay;

import org.polyphony.games.selfplay.NashMp;
import org.polyphony.games.selfplay.SelfPlayRule;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.plugin.Plugin;

/// Nash mirror prox, see [NashMp].
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "nash-mp",
        formulations = Formulation.POPULATION,
        settings = RegularisedSettings.class,
        summary = "Nash mirror prox: reaches the equilibrium of the regularised game fast, at the"
                + " same step for every tau. The one to take if nothing speaks for another.")
public final class NashMpAlgorithm extends SelfPlayAlgorithm {

    /// Made by the engine.
    public NashMpAlgorithm() {
        super("nash-mp", GoldenGame.regularisedCycle(1e-4), running((request, context) -> {
            var settings = context.settings(RegularisedSettings.class);
            double tau = request.tau().orElse(settings.tau());
            return settings.solver(settings.step()
                    .<SelfPlayRule>map(step -> new NashMp(step, tau))
                    .orElseGet(() -> NashMp.ofTau(tau)));
        }));
    }
}
