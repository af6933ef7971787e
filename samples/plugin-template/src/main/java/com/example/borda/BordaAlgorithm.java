package com.example.borda;

import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Game;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.support.Answer;
import org.polyphony.support.GameByGame;

/// Plays a candidate the more often, the more it is preferred to the others on average.
///
/// A candidate's score is its mean win probability against the allowed candidates, weighted over
/// stakeholders; its probability is proportional to exp(sharpness · score).
// TODO: name what this plugin solves: formulations = "borda"
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "example-borda",
        settings = BordaSettings.class,
        summary = "Plays candidates by their weighted Borda score.")
public final class BordaAlgorithm extends GameByGame {

    @Override
    protected Answer solve(Game game, String formulation, PluginContext context) {
        throw new UnsupportedOperationException("TODO: a distribution over game.allowed()");
    }
}
