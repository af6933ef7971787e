package org.polyphony.plugin.algorithm.selfplay;

import org.polyphony.games.selfplay.Mwu;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.plugin.Plugin;

/// Multiplicative weights, see [Mwu]. Answers the average policy unless told otherwise.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "mwu",
        formulations = Formulation.POPULATION,
        settings = MwuSettings.class,
        summary = "Multiplicative weights, on a population the same as SPPO, iterative IPO, SPO and"
                + " DNO: the average policy nears an equilibrium of the game itself, the last one"
                + " circles.")
public final class MwuAlgorithm extends SelfPlayAlgorithm {

    /// Made by the engine.
    public MwuAlgorithm() {
        super(
                "mwu",
                GoldenGame.cycle(2e-2),
                running(
                        (_, context) -> {
                            var settings = context.settings(MwuSettings.class);
                            return settings.solver(new Mwu(settings.step()));
                        },
                        (_, context) -> {
                            var settings = context.settings(MwuSettings.class);
                            return BatchedRule.solver(
                                    settings.precision(),
                                    settings.step(),
                                    0,
                                    settings.tolerance(),
                                    settings.maxIterations(),
                                    context);
                        }));
    }
}
