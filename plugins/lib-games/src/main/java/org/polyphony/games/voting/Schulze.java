package org.polyphony.games.voting;

import java.util.Arrays;

/// The Schulze method on margins: i is ahead of j if the strongest chain of majorities from i to j is
/// stronger than the strongest one back, a chain being as strong as its weakest link (Schulze 2011).
public final class Schulze {

    private Schulze() {}

    /// How many candidates are ahead of each; 0 for a winner, distinct where nobody is tied. Shape (K).
    public static int[] ranks(Election election) {
        int k = election.candidates();
        double[] strength = strengths(election);
        var ranks = new int[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                ranks[i] += strength[j * k + i] > strength[i * k + j] ? 1 : 0;
            }
        }
        return ranks;
    }

    // widest paths, Floyd and Warshall: a chain is as strong as one of the margins, so that strengths are compared as
    // these are
    private static double[] strengths(Election election) {
        int k = election.candidates();
        double[] strength = Arrays.stream(election.margins())
                .map(margin -> Math.max(margin, 0))
                .toArray();
        for (int via = 0; via < k; via++) {
            for (int i = 0; i < k; i++) {
                double first = strength[i * k + via];
                for (int j = 0; j < k; j++) {
                    double through = Math.min(first, strength[via * k + j]);
                    if (i != j && through > strength[i * k + j]) {
                        strength[i * k + j] = through;
                    }
                }
            }
        }
        return strength;
    }
}
