package org.polyphony.plugin.algorithm.selfplay;

import org.polyphony.games.selfplay.Inpo;
import org.polyphony.games.selfplay.SelfPlayRule;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.plugin.Plugin;

/// Online mirror descent, see [Inpo].
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "inpo",
        settings = RegularisedSettings.class,
        summary = "INPO, mirror descent with a pull to the reference policy: reaches the"
                + " equilibrium of the regularised game, with small steps.")
public final class InpoAlgorithm extends SelfPlayAlgorithm {

    /// Made by the engine.
    public InpoAlgorithm() {
        super("inpo", GoldenGame.regularisedCycle(1e-4), running((request, context) -> {
            var settings = context.settings(RegularisedSettings.class);
            double tau = request.tau().orElse(settings.tau());
            return settings.solver(settings.step()
                    .<SelfPlayRule>map(step -> new Inpo(step, tau))
                    .orElseGet(() -> Inpo.ofTau(tau)));
        }));
    }
}
