package org.polyphony.games.parametric;

import java.util.List;

/// Where a fit is between two rounds: all that the next round depends on.
///
/// @param round how many are done
/// @param heads θ of each policy
/// @param bestRound the round of the lowest watched gap
/// @param best θ of each policy then
/// @param bestGap the watched gap then
/// @param progressRound the last round that lowered the watched gap noticeably
/// @param progressGap the watched gap then
/// @param converged whether the gap has stopped falling
record FitState(
        int round,
        List<double[]> heads,
        int bestRound,
        List<double[]> best,
        double bestGap,
        int progressRound,
        double progressGap,
        boolean converged) {

    FitState {
        heads = List.copyOf(heads);
        best = List.copyOf(best);
    }
}
