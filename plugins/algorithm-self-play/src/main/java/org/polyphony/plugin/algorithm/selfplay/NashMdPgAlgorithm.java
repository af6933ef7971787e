package org.polyphony.plugin.algorithm.selfplay;

import org.polyphony.games.selfplay.NashMdPg;
import org.polyphony.games.selfplay.SelfPlayRule;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.plugin.Plugin;

/// Nash-MD-PG, see [NashMdPg].
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "nash-md-pg",
        formulations = Formulation.POPULATION,
        settings = NashMdPgSettings.class,
        summary = "Nash-MD-PG, a policy gradient against a mixture of policy and reference: slow,"
                + " and ends near the equilibrium of the regularised game, not at it. A baseline.")
public final class NashMdPgAlgorithm extends SelfPlayAlgorithm {

    /// Made by the engine.
    public NashMdPgAlgorithm() {
        super("nash-md-pg", GoldenGame.regularisedCycle(3e-2), running((request, context) -> {
            var settings = context.settings(NashMdPgSettings.class);
            double tau = request.tau().orElse(settings.tau());
            return settings.solver(settings.step()
                    .<SelfPlayRule>map(step -> new NashMdPg(step, tau, settings.mixture()))
                    .orElseGet(() -> NashMdPg.ofTau(tau, settings.mixture())));
        }));
    }
}
