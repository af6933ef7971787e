package org.polyphony.preferences.model;

import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;

/// A fitted model of three outcomes: the first is preferred, neither is, the second is.
public interface TieModel {
    /// The ways to model ties.
    enum Kind {
        /// The item's tie rate, and nothing about who wins.
        CONSTANT,
        /// The item's tie rate, times Bradley-Terry fitted without ties.
        BRADLEY_TERRY,
        /// win : loss : tie = e^{d/2} : e^{−d/2} : ν (Davidson 1970).
        DAVIDSON,
        /// win = σ(d − e), loss = σ(−d − e), tie the rest, e > 0 (Rao, Kupper 1967).
        RAO_KUPPER
    }

    /// Probabilities that the first is preferred, that neither is, that the second is; they add up to 1.
    double[] probabilities(int item, int first, int second);

    /// Expected score of the first candidate: a win counts 1, a tie 1/2.
    default double expectedScore(int item, int first, int second) {
        double[] p = probabilities(item, first, second);
        return p[0] + p[1] / 2;
    }

    /// Fits a model to all rows, groups ignored; the tie parameter of an item has no penalty.
    ///
    /// @param ridge λ > 0 on the utilities
    static TieModel fit(Kind kind, Pairs training, double ridge, Parallel parallel) {
        TieCounts[] counts = TieCounts.of(training);
        return switch (kind) {
            case CONSTANT -> (item, first, second) -> split(counts[item].tieRate(), 0.5);
            case BRADLEY_TERRY -> {
                StrengthsModel decided = new ModelSpec.Population(ridge, Ties.DROP).fit(training, parallel);
                yield (item, first, second) ->
                        split(counts[item].tieRate(), decided.probability(item, Pairs.NO_GROUP, first, second));
            }
            case DAVIDSON -> fitted(TieCurve.DAVIDSON, counts, ridge, parallel);
            case RAO_KUPPER -> fitted(TieCurve.RAO_KUPPER, counts, ridge, parallel);
        };
    }

    private static TieModel fitted(TieCurve curve, TieCounts[] counts, double ridge, Parallel parallel) {
        double[][] parameters = parallel.map(counts.length, item -> TieFit.fit(curve, counts[item], ridge))
                .toArray(double[][]::new);
        return (item, first, second) -> {
            double[] x = parameters[item];
            return curve.probabilities(x[first] - x[second], x[x.length - 1]);
        };
    }

    private static double[] split(double tie, double first) {
        return new double[] {(1 - tie) * first, tie, (1 - tie) * (1 - first)};
    }
}
