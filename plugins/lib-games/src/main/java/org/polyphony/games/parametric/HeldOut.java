package org.polyphony.games.parametric;

import java.util.ArrayList;
import java.util.List;

/// Which games are fitted and on which the gap is watched. An item is held out by a hash of its number, so
/// neither the order of games nor the seed nor other items decide.
///
/// @param fitted the fitted games
/// @param watched the others, or the fitted ones again where none or too few are held out
/// @param heldOut how many games are not fitted
record HeldOut(List<TrainingGame> fitted, List<TrainingGame> watched, int heldOut) {

    private static final int FEWEST = 2;

    static HeldOut split(List<TrainingGame> games, double share) {
        var fitted = new ArrayList<TrainingGame>();
        var out = new ArrayList<TrainingGame>();
        for (var game : games) {
            (isOut(game.item(), share) ? out : fitted).add(game);
        }
        boolean few = games.size() < PolicyFit.FEWEST_TO_HOLD_OUT || out.size() < FEWEST || fitted.size() < FEWEST;
        return few ? new HeldOut(games, games, 0) : new HeldOut(fitted, out, out.size());
    }

    // the finaliser of SplitMix64 (Steele, Lea, Flood 2014), its upper bits as a number in [0, 1)
    private static boolean isOut(long item, double share) {
        long z = item + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53 < share;
    }
}
