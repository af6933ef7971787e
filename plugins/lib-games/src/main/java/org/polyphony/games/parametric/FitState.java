package org.polyphony.games.parametric;

import java.util.List;

/// Where a fit is between two rounds: all that the next round depends on.
///
/// @param round how many are done
/// @param heads θ of each policy
/// @param best the round of the lowest watched gap
/// @param progressRound the last round that lowered the watched gap noticeably
/// @param progressGap the watched gap then
/// @param converged whether the gap has stopped falling
record FitState(
        int round, List<double[]> heads, FitRound best, int progressRound, double progressGap, boolean converged) {

    FitState {
        heads = List.copyOf(heads);
    }

    /// The state after a round with which no earlier one compares.
    static FitState after(FitRound round) {
        return new FitState(round.number(), round.heads(), round, round.number(), round.watchedGap(), false);
    }
}
