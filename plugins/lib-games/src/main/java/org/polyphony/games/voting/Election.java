package org.polyphony.games.voting;

import java.util.Arrays;
import java.util.Optional;
import org.polyphony.games.AllowedCandidates;
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
    public Election restrict(AllowedCandidates allowed) {
        Preferences.requireSomeone(allowed);
        return new Election(
                allowed.restrictMatrices(p, 1), allowed.count(), ballots.map(cast -> cast.restrict(allowed)));
    }

    /// A_ij = (P_ij − P_ji) / 2, shape (K, K), as every rule compares them: a margin that rounding alone can
    /// make is 0, and margins that rounding alone can tell apart are the same number.
    double[] margins() {
        int k = candidates;
        var strengths = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                strengths[i * k + j] = Math.abs(p[i * k + j] - p[j * k + i]) / 2;
            }
        }
        var ascending = strengths.clone();
        Arrays.sort(ascending);
        // the smallest of each run of neighbours stands for all of it; the diagonal begins the first one with 0
        var same = new double[ascending.length];
        for (int n = 1; n < same.length; n++) {
            same[n] = ascending[n] - ascending[n - 1] <= Winners.ROUNDING ? same[n - 1] : ascending[n];
        }
        var margins = new double[k * k];
        for (int n = 0; n < margins.length; n++) {
            double strength = same[Arrays.binarySearch(ascending, strengths[n])];
            margins[n] = p[n] < p[n % k * k + n / k] ? -strength : strength;
        }
        return margins;
    }

    Ballots requireBallots(String rule) {
        return ballots.orElseThrow(() -> new IllegalArgumentException(rule
                + " counts ballots, and there are none: pairwise preferences do not tell who ranks what first. Give"
                + " rankings, or use a rule that reads preferences, for example borda, schulze or maximal-lottery"));
    }
}
