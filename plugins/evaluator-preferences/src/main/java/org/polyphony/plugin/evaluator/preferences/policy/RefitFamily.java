package org.polyphony.plugin.evaluator.preferences.policy;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.polyphony.plugin.evaluator.preferences.fit.PartWins;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.ModelSpec;
import org.polyphony.preferences.model.StrengthsModel;

/// The model family that is fitted again when judges are drawn again; ties are halves, as in games.
///
/// @param ridge of the population's utilities
/// @param shrinkage λ_d of groups, chosen by held-out judges
/// @param planes planes of circular preference, where they are used
/// @param planeRidge ridge of the planes; empty where held-out judges do not bear cycles out
public record RefitFamily(double ridge, double shrinkage, int planes, OptionalDouble planeRidge) {

    /// Fits population and groups to judges who count as often as drawn; a judge of weight zero is held
    /// out.
    public StrengthsModel fit(Pairs pairs, double[] weightOfJudge) {
        if (planeRidge.isPresent()) {
            return new ModelSpec.SkewBilinear(planes, ridge, planeRidge.getAsDouble(), shrinkage, Ties.HALF)
                    .fit(pairs.reweighted(weightOfJudge), Parallel.SEQUENTIAL);
        }
        return PartWins.of(pairs, new int[pairs.judges()], 1, pairs.groupOfRow(), weightOfJudge, Ties.HALF)
                .fit(part -> true, ridge, shrinkage);
    }

    /// Weights that keep one part of the judges.
    public static double[] part(int[] partOfJudge, int part) {
        return Arrays.stream(partOfJudge).mapToDouble(p -> p == part ? 1 : 0).toArray();
    }
}
