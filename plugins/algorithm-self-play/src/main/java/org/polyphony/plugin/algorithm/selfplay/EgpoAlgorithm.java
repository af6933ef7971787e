package org.polyphony.plugin.algorithm.selfplay;

import org.polyphony.games.selfplay.Egpo;
import org.polyphony.games.selfplay.SelfPlayRule;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.plugin.Plugin;

/// Extragradient, see [Egpo].
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "egpo",
        formulations = Formulation.POPULATION,
        settings = RegularisedSettings.class,
        summary = "EGPO, extragradient: reaches the equilibrium of the regularised game fast, with" + " long steps.")
public final class EgpoAlgorithm extends SelfPlayAlgorithm {

    /// Made by the engine.
    public EgpoAlgorithm() {
        super("egpo", GoldenGame.regularisedCycle(1e-4), running((request, context) -> {
            var settings = context.settings(RegularisedSettings.class);
            double tau = request.tau().orElse(settings.tau());
            return settings.solver(settings.step()
                    .<SelfPlayRule>map(step -> new Egpo(step, tau))
                    .orElseGet(() -> Egpo.ofTau(tau)));
        }));
    }
}
