package org.polyphony.preferences.score;

import java.util.List;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.model.ModelSpec;
import org.polyphony.preferences.model.PreferenceModel;

/// Predictions for judgments of people the model has not seen.
public final class CrossValidation {
    private CrossValidation() {}

    /// Probability of every row that its first candidate is preferred, by the model fitted to the judges of
    /// all other
    /// folds.
    ///
    /// @param foldOfJudge fold of every judge, in [0, folds)
    public static double[] predict(Pairs pairs, int[] foldOfJudge, int folds, ModelSpec spec, Parallel parallel) {
        requireFolds(pairs, foldOfJudge, folds);
        List<PreferenceModel> models = parallel.map(
                folds,
                fold -> spec.fit(pairs.select(row -> foldOfJudge[pairs.judge(row)] != fold), Parallel.SEQUENTIAL));
        double[] predicted = new double[pairs.size()];
        for (int row = 0; row < predicted.length; row++) {
            predicted[row] = models.get(foldOfJudge[pairs.judge(row)])
                    .probability(pairs.item(row), pairs.group(row), pairs.first(row), pairs.second(row));
        }
        return predicted;
    }

    /// Probability of every row of `heldOut` that its first candidate is preferred, by a fitted model.
    public static double[] predict(PreferenceModel model, Pairs heldOut) {
        double[] predicted = new double[heldOut.size()];
        for (int row = 0; row < predicted.length; row++) {
            predicted[row] =
                    model.probability(heldOut.item(row), heldOut.group(row), heldOut.first(row), heldOut.second(row));
        }
        return predicted;
    }

    static void requireFolds(Pairs pairs, int[] foldOfJudge, int folds) {
        if (folds < 2) {
            throw new IllegalArgumentException("cross-validation needs at least two folds, not " + folds);
        }
        if (foldOfJudge.length != pairs.judges()) {
            throw new IllegalArgumentException(foldOfJudge.length + " folds for " + pairs.judges() + " judges");
        }
        for (int fold : foldOfJudge) {
            if (fold < 0 || fold >= folds) {
                throw new IllegalArgumentException("fold " + fold + " is outside [0, " + folds + ")");
            }
        }
    }
}
