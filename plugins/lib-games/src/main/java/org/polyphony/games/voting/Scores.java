package org.polyphony.games.voting;

/// Scores of candidates by pairwise preferences.
public final class Scores {

    private Scores() {}

    /// Σ_{j≠i} P_ij, how many of the others a candidate is preferred to, on average over the electorate;
    /// times the number of voters it is the classical Borda count. Shape (K).
    public static double[] borda(Election election) {
        int k = election.candidates();
        double[] margins = election.margins();
        var scores = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                scores[i] += margins[i * k + j];
            }
            scores[i] += (k - 1) / 2.0;
        }
        return scores;
    }

    /// How many others a candidate beats by majority, less how many beat it. Shape (K).
    public static double[] copeland(Election election) {
        int k = election.candidates();
        double[] margins = election.margins();
        var scores = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                scores[i] += Math.signum(margins[i * k + j]);
            }
        }
        return scores;
    }
}
