package org.polyphony.games.voting;

import java.util.Optional;
import org.polyphony.games.Candidates;
import org.polyphony.games.Preferences;

/// What a voting rule decides on: the preferences of the electorate, and the ballots where they are known.
///
/// @param p probability that a member of the electorate prefers candidate i to j, P + Pᵀ = 1, shape (K, K)
/// @param candidates K
/// @param ballots rankings behind P; pairs do not determine them
public record Election(double[] p, int candidates, Optional<Ballots> ballots) {

    public Election {
        Preferences.require(p, 1, candidates);
        if (ballots.isPresent() && ballots.get().candidates() != candidates) {
            throw new IllegalArgumentException(
                    "ballots are about " + ballots.get().candidates() + " candidates, P about " + candidates);
        }
    }

    /// An election of which only pairwise preferences are known.
    public static Election of(double[] p, int candidates) {
        return new Election(p, candidates, Optional.empty());
    }

    /// An election by ballots, which determine P.
    public static Election of(Ballots ballots) {
        return new Election(ballots.preferences(), ballots.candidates(), Optional.of(ballots));
    }

    /// The same with the ballots behind P.
    public Election withBallots(Ballots known) {
        return new Election(p, candidates, Optional.of(known));
    }

    /// The same electorate when only the allowed candidates stand.
    public Election restrict(Candidates allowed) {
        Preferences.requireSomeone(allowed);
        return new Election(
                allowed.restrictMatrices(p, 1), allowed.count(), ballots.map(cast -> cast.restrict(allowed)));
    }

    /// A_ij = (P_ij − P_ji) / 2.
    double margin(int i, int j) {
        return (p[i * candidates + j] - p[j * candidates + i]) / 2;
    }

    /// The sign of A_ij; margins that rounding alone can make are ties.
    int sign(int i, int j) {
        double margin = margin(i, j);
        return Math.abs(margin) <= Winners.ROUNDING ? 0 : margin > 0 ? 1 : -1;
    }

    Ballots requireBallots(String rule) {
        return ballots.orElseThrow(() -> new IllegalArgumentException(rule
                + " counts ballots, and there are none: pairwise preferences do not tell who ranks what first. Give"
                + " rankings, or use a rule that reads preferences, for example borda, schulze or maximal-lottery"));
    }
}
