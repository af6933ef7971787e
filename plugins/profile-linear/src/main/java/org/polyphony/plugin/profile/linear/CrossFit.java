package org.polyphony.plugin.profile.linear;

import java.util.Arrays;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.preferences.model.SymmetricSolve;

/// What a population that has not heard a person says of what that person judged.
///
/// Seats and persons are fitted on top of it: on log odds that their own judgments helped to make, a slope would undo
/// the shrinkage of the population, and harm items nobody judged.
final class CrossFit {
    private CrossFit() {}

    /// Log odds of every comparison, the order shown included, from a population fitted without the fold it is in.
    ///
    /// @param fold the fold of every comparison; those of one person share one
    /// @param variances of the population fitted to all
    static double[] logOdds(Design design, Answers answers, int[] fold, Variances variances, Parallel parallel) {
        double[] eta = new double[answers.count()];
        for (int left : Arrays.stream(fold).distinct().sorted().toArray()) {
            Answers others = answers.merged(design.candidates(), row -> fold[row] != left);
            Population population = PopulationFit.fixed(design, others, variances, parallel);
            double[] score = new double[design.candidates()];
            Arrays.setAll(score, i -> population.score(design, i));
            for (int row = 0; row < eta.length; row++) {
                if (fold[row] == left) {
                    eta[row] = score[answers.first()[row]]
                            - score[answers.second()[row]]
                            + (answers.ordered()[row] ? population.order() : 0);
                }
            }
        }
        return eta;
    }

    /// φ ≥ 1: how many times as much people vary in the population's directions as independent judgments would,
    /// Σ_p sₚᵀ I⁻¹ sₚ / Σ_p tr I⁻¹ Iₚ with s the score and I the information of a person's judgments.
    ///
    /// @param start first comparison of each person, then their number
    /// @param eta crossfitted log odds
    static double designEffect(Design design, Answers answers, int[] start, double[] eta) {
        int d = design.columns();
        double[] information = new double[d * d];
        double[] x = new double[d];
        for (int row = 0; row < answers.count(); row++) {
            apart(design, answers, row, x);
            double p = Logistic.sigmoid(eta[row]);
            Matrices.addCrossed(information, answers.weight()[row] * p * (1 - p), x, x, 1, d, d);
        }
        for (int c = 0; c < d; c++) {
            information[c * d + c] += 1e-9;
        }
        double[] inverse = SymmetricSolve.factor(information, d).inverse();
        double varied = 0;
        double expected = 0;
        for (int person = 0; person + 1 < start.length; person++) {
            double[] score = new double[d];
            for (int row = start[person]; row < start[person + 1]; row++) {
                apart(design, answers, row, x);
                double p = Logistic.sigmoid(eta[row]);
                double weight = answers.weight()[row];
                expected += weight * p * (1 - p) * Matrices.form(inverse, x);
                for (int c = 0; c < d; c++) {
                    score[c] += weight * (answers.share()[row] - p) * x[c];
                }
            }
            varied += Matrices.form(inverse, score);
        }
        return expected > 0 ? Math.max(1, varied / expected) : 1;
    }

    private static void apart(Design design, Answers answers, int row, double[] x) {
        for (int c = 0; c < x.length; c++) {
            x[c] = design.apart(answers.first()[row], answers.second()[row], c);
        }
    }
}
