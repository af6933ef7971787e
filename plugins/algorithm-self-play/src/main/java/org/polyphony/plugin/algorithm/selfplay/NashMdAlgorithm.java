package org.polyphony.plugin.algorithm.selfplay;

import org.polyphony.games.selfplay.NashMd;
import org.polyphony.games.selfplay.ScheduledNashMd;
import org.polyphony.games.selfplay.SelfPlayRule;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.plugin.Plugin;

/// Nash mirror descent, see [ScheduledNashMd], and [NashMd] where a step is given.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "nash-md",
        formulations = Formulation.POPULATION,
        settings = RegularisedSettings.class,
        summary = "Nash-MD, mirror descent against a mixture of policy and reference: reaches the"
                + " equilibrium of the regularised game slowly, and with a constant step only comes"
                + " near it.")
public final class NashMdAlgorithm extends SelfPlayAlgorithm {

    /// Made by the engine.
    public NashMdAlgorithm() {
        super("nash-md", GoldenGame.regularisedCycle(1e-3), running((request, context) -> {
            var settings = context.settings(RegularisedSettings.class);
            double tau = request.tau().orElse(settings.tau());
            return settings.solver(settings.step()
                    .<SelfPlayRule>map(step -> NashMd.of(step, tau))
                    .orElseGet(() -> new ScheduledNashMd(tau)));
        }));
    }
}
