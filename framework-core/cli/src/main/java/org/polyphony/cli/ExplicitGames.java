package org.polyphony.cli;

import java.util.ArrayList;
import java.util.List;
import org.polyphony.engine.game.ExplicitGame;
import org.polyphony.engine.game.GamesFile;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// Games where every one must be playable: a picture or a sweep has no place for an error.
final class ExplicitGames {

    private ExplicitGames() {}

    /// @throws AlignmentException with code `GAME_INVALID`, naming the first entry that is no game
    static List<ExplicitGame> playable(List<GamesFile.Entry> entries, int most) {
        var games = new ArrayList<ExplicitGame>();
        for (var entry : entries) {
            switch (entry) {
                case GamesFile.Entry.Playable(var game) -> games.add(game);
                case GamesFile.Entry.Broken(var reason) ->
                    throw new AlignmentException(
                            StandardErrorCode.GAME_INVALID, "game " + games.size() + " is none: " + reason);
            }
        }
        if (games.size() > most) {
            throw new AlignmentException(
                    StandardErrorCode.VALUE_INVALID,
                    games.size() + " games are too many for this; give at most " + most);
        }
        return games;
    }
}
