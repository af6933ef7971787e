package org.polyphony.games.voting;

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

    // widest paths, Floyd and Warshall
    private static double[] strengths(Election election) {
        int k = election.candidates();
        var strength = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                strength[i * k + j] = election.sign(i, j) > 0 ? election.margin(i, j) : 0;
            }
        }
        for (int via = 0; via < k; via++) {
            for (int i = 0; i < k; i++) {
                double first = strength[i * k + via];
                for (int j = 0; j < k; j++) {
                    double through = Math.min(first, strength[via * k + j]);
                    // margins that differ by rounding are the same: the two directions of a tie stay tied
                    if (i != j && through > strength[i * k + j] + Winners.ROUNDING) {
                        strength[i * k + j] = through;
                    }
                }
            }
        }
        return strength;
    }
}
