package org.polyphony.preferences.score;

import java.util.function.IntPredicate;
import org.polyphony.preferences.Pairs;

/// Score sum and number of comparisons of every candidate: a win scores 1, a tie 1/2, a loss 0, all weighted.
final class CandidateScores {
    private final double[][] score;
    private final double[][] comparisons;

    private CandidateScores(double[][] score, double[][] comparisons) {
        this.score = score;
        this.comparisons = comparisons;
    }

    static CandidateScores of(Pairs pairs, IntPredicate rows) {
        double[][] score = new double[pairs.items()][];
        double[][] comparisons = new double[pairs.items()][];
        for (int item = 0; item < score.length; item++) {
            score[item] = new double[pairs.candidates(item)];
            comparisons[item] = new double[pairs.candidates(item)];
        }
        for (int row = 0; row < pairs.size(); row++) {
            if (rows.test(row)) {
                int item = pairs.item(row);
                double w = pairs.weight(row);
                double y = pairs.outcome(row);
                score[item][pairs.first(row)] += w * y;
                score[item][pairs.second(row)] += w * (1 - y);
                comparisons[item][pairs.first(row)] += w;
                comparisons[item][pairs.second(row)] += w;
            }
        }
        return new CandidateScores(score, comparisons);
    }

    double score(int item, int candidate) {
        return score[item][candidate];
    }

    double comparisons(int item, int candidate) {
        return comparisons[item][candidate];
    }
}
