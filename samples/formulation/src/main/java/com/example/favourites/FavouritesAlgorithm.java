package com.example.favourites;

import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Game;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.DefinesFormulation;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.support.Answer;
import org.polyphony.support.GameByGame;

/// Serves every stakeholder its favourite, as often as the stakeholder weighs.
///
/// A stakeholder's favourite is the allowed candidate that it prefers to the other allowed ones most often on
/// average, the first of several.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "favourites",
        formulations = "example/favourites",
        summary = "Serves every stakeholder its favourite, as often as it weighs.")
@DefinesFormulation(
        id = "example/favourites",
        title = "Everybody's favourite",
        sentence = "each stakeholder's favourite candidate, as often as the stakeholder weighs.")
public final class FavouritesAlgorithm extends GameByGame {

    @Override
    protected Answer solve(Game game, String formulation, PluginContext context) {
        var policy = new double[game.candidates()];
        for (int s = 0; s < game.stakeholders(); s++) {
            policy[favourite(game, s)] += game.weight(s);
        }
        return Answer.of(policy);
    }

    private static int favourite(Game game, int s) {
        int best = game.allowed()[0];
        double most = Double.NEGATIVE_INFINITY;
        for (int i : game.allowed()) {
            double score = 0;
            for (int j : game.allowed()) {
                score += game.preference(s, i, j);
            }
            if (score > most) {
                most = score;
                best = i;
            }
        }
        return best;
    }
}
