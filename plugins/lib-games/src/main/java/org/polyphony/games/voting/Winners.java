package org.polyphony.games.voting;

/// Scores and who has the best: candidates within rounding of it win together and share the lottery evenly.
final class Winners {

    /// What rounding can make of a sum of some thousand terms, as a share of the largest sum: margins and scores
    /// that differ by more than this differ, others are the same.
    static final double ROUNDING = 1e-12;

    private Winners() {}

    static double[] ofScores(double[] scores) {
        double best = Double.NEGATIVE_INFINITY;
        double size = 0;
        for (double score : scores) {
            best = Math.max(best, score);
            size = Math.max(size, Math.abs(score));
        }
        double least = best - ROUNDING * size;
        var wins = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            wins[i] = scores[i] >= least;
        }
        return evenly(wins);
    }

    static double[] evenly(boolean[] wins) {
        int count = 0;
        for (boolean win : wins) {
            count += win ? 1 : 0;
        }
        var lottery = new double[wins.length];
        for (int i = 0; i < wins.length; i++) {
            lottery[i] = wins[i] ? 1.0 / count : 0;
        }
        return lottery;
    }
}
