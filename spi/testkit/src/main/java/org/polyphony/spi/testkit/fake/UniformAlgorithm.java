package org.polyphony.spi.testkit.fake;

import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Game;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.support.Answer;
import org.polyphony.support.GameByGame;
import org.polyphony.support.Simplex;

/// Plays every allowed candidate equally often, whatever anyone prefers. Its formulation is `uniform`.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "uniform",
        formulations = "uniform",
        summary = "Plays every allowed candidate equally often.")
public final class UniformAlgorithm extends GameByGame {

    /// Made by the engine.
    public UniformAlgorithm() {}

    @Override
    protected Answer solve(Game game, String formulation, PluginContext context) {
        return Answer.of(Simplex.uniform(game.candidates(), game.allowed()));
    }
}
