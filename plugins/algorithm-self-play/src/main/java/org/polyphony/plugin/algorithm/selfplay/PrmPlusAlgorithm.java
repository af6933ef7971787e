package org.polyphony.plugin.algorithm.selfplay;

import org.polyphony.games.PredictiveRegretMatching;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.support.Answer;

/// Predictive regret matching⁺, see [PredictiveRegretMatching]. Starts at the uniform policy, whatever
/// the reference.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "prm-plus",
        formulations = Formulation.POPULATION,
        settings = PrmPlusSettings.class,
        summary = "Predictive regret matching plus with quadratic averaging: the cheapest self-play"
                + " to an approximate equilibrium of the game itself; no step to choose.")
public final class PrmPlusAlgorithm extends SelfPlayAlgorithm {

    /// Made by the engine.
    public PrmPlusAlgorithm() {
        super("prm-plus", GoldenGame.cycle(1e-4), (_, context) -> {
            var settings = context.settings(PrmPlusSettings.class);
            var solver = new PredictiveRegretMatching(settings.tolerance(), settings.maxIterations());
            return () -> game -> {
                var solved = solver.solve(game.mixture(), game.allowed());
                return Answer.of(solved.policy(), 0, solved.iterations(), solved.gap());
            };
        });
    }
}
