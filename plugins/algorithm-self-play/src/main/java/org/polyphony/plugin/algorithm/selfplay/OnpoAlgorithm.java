package org.polyphony.plugin.algorithm.selfplay;

import org.polyphony.games.selfplay.Onpo;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.plugin.Plugin;

/// Optimistic multiplicative weights, see [Onpo].
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "onpo",
        formulations = Formulation.POPULATION,
        settings = OnpoSettings.class,
        summary = "ONPO, optimistic multiplicative weights: the last policy nears an equilibrium of"
                + " the game itself where there is only one.")
public final class OnpoAlgorithm extends SelfPlayAlgorithm {

    /// Made by the engine.
    public OnpoAlgorithm() {
        super("onpo", GoldenGame.cycle(1e-4), running((_, context) -> {
            var settings = context.settings(OnpoSettings.class);
            return settings.solver(new Onpo(settings.step()));
        }));
    }
}
