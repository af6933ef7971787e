package org.polyphony.plugin.algorithm.selfplay;

import org.polyphony.games.selfplay.IterativeDpo;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.plugin.Plugin;

/// Iterative DPO, see [IterativeDpo].
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "iter-dpo",
        formulations = Formulation.POPULATION,
        settings = IterativeDpoSettings.class,
        summary = "Iterative DPO on a population, the usual preference tuning as a baseline: finds"
                + " a winner where there is one, circles outwards where preferences are cyclic.")
public final class IterativeDpoAlgorithm extends SelfPlayAlgorithm {

    /// Made by the engine.
    public IterativeDpoAlgorithm() {
        super("iter-dpo", GoldenGame.winner(5e-3), running((_, context) -> {
            var settings = context.settings(IterativeDpoSettings.class);
            return settings.solver(new IterativeDpo(settings.step()));
        }));
    }
}
