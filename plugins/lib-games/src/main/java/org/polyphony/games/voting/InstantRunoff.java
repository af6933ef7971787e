package org.polyphony.games.voting;

import java.util.Arrays;

/// Instant runoff: those who are first on the fewest ballots leave, and their ballots go to the next who is
/// left.
final class InstantRunoff {

    private InstantRunoff() {}

    static boolean[] winners(Ballots ballots) {
        var remaining = new boolean[ballots.candidates()];
        Arrays.fill(remaining, true);
        while (true) {
            double[] first = ballots.firstChoices(remaining);
            double fewest = Double.POSITIVE_INFINITY;
            double most = 0;
            for (int i = 0; i < remaining.length; i++) {
                if (remaining[i]) {
                    fewest = Math.min(fewest, first[i]);
                    most = Math.max(most, first[i]);
                }
            }
            double last = fewest + Winners.ROUNDING * most;
            if (most <= last) {
                return remaining;
            }
            for (int i = 0; i < remaining.length; i++) {
                remaining[i] &= first[i] > last;
            }
        }
    }
}
