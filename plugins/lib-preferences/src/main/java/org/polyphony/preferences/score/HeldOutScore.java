package org.polyphony.preferences.score;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.model.Logistic;

/// How well probabilities foretold the decided judgments of held-out judges; ties are not scored.
///
/// @param logLoss mean of −ln p(what was said), in nats, weighted; NaN without judgments
/// @param accuracy share of judgments whose likelier side was chosen; a prediction of one half is half a hit
/// @param calibrationError mean over judgments of |observed − predicted| of the probability bin they fall in,
///        in [0, 1]
/// @param calibrationSlope slope of the outcome on the predicted logit: 1 is calibrated, below 1 is
///        overconfident; NaN where undefined
/// @param weight weight of the scored judgments
/// @param judgments number of scored judgments
/// @param bins ten equal bins of predicted probability, those without judgments left out
public record HeldOutScore(
        double logLoss,
        double accuracy,
        double calibrationError,
        double calibrationSlope,
        double weight,
        int judgments,
        List<Bin> bins) {
    private static final int BINS = 10;
    /// Closer to one half than this in ln p is one half.
    private static final double UNDECIDED = 1e-9;
    /// Keeps a certain prediction that fails from making every other judgment invisible; ridge models stay
    /// far above.
    private static final double LEAST_PROBABILITY = 1e-15;

    /// Copies the bins.
    public HeldOutScore {
        bins = List.copyOf(bins);
    }

    /// Judgments whose predicted probability lies in one interval.
    ///
    /// @param predicted mean predicted probability that the first candidate is preferred
    /// @param observed share of judgments that preferred the first candidate
    /// @param weight weight of the judgments
    public record Bin(double predicted, double observed, double weight) {}

    /// Scores the decided rows that satisfy a condition on the row index.
    ///
    /// @param predicted probability of every row that its first candidate is preferred
    public static HeldOutScore of(Pairs pairs, double[] predicted, IntPredicate rows) {
        requireRows(pairs, predicted);
        double loss = 0;
        double hits = 0;
        double weight = 0;
        int judgments = 0;
        double[] binWeight = new double[BINS];
        double[] binPredicted = new double[BINS];
        double[] binObserved = new double[BINS];
        for (int row = 0; row < pairs.size(); row++) {
            if (!pairs.decided(row) || pairs.weight(row) == 0 || !rows.test(row)) {
                continue;
            }
            double p = predicted[row];
            double y = pairs.outcome(row);
            double w = pairs.weight(row);
            loss += w * loss(p, y);
            hits += w * hit(p, y);
            weight += w;
            judgments++;
            int bin = Math.min(BINS - 1, (int) (p * BINS));
            binWeight[bin] += w;
            binPredicted[bin] += w * p;
            binObserved[bin] += w * y;
        }
        List<Bin> bins = new ArrayList<>();
        double error = 0;
        for (int b = 0; b < BINS; b++) {
            if (binWeight[b] > 0) {
                bins.add(new Bin(binPredicted[b] / binWeight[b], binObserved[b] / binWeight[b], binWeight[b]));
                error += Math.abs(binPredicted[b] - binObserved[b]);
            }
        }
        return new HeldOutScore(
                loss / weight, hits / weight, error / weight, slope(pairs, predicted, rows), weight, judgments, bins);
    }

    /// −ln p of the outcome of a decided judgment, in nats.
    public static double loss(double p, double y) {
        return -Math.log(Math.max(LEAST_PROBABILITY, y == 1 ? p : 1 - p));
    }

    /// 1 if the likelier side was chosen, 0 if not, 1/2 if neither is likelier.
    public static double hit(double p, double y) {
        double said = y == 1 ? p : 1 - p;
        if (Math.abs(said - 0.5) > UNDECIDED) {
            return said > 0.5 ? 1 : 0; // far enough that the logarithms, which differ by more, need not be taken
        }
        if (Math.abs(Math.log(Math.max(LEAST_PROBABILITY, said)) - Math.log(0.5)) < UNDECIDED) {
            return 0.5;
        }
        return said > 0.5 ? 1 : 0;
    }

    static void requireRows(Pairs pairs, double[] predicted) {
        if (predicted.length != pairs.size()) {
            throw new IllegalArgumentException(predicted.length + " predictions for " + pairs.size() + " rows");
        }
    }

    /// Maximum likelihood slope without an intercept, which exchanging the two candidates would flip anyway.
    private static double slope(Pairs pairs, double[] predicted, IntPredicate rows) {
        double slope = 1;
        for (int iteration = 0; iteration < 50; iteration++) {
            double gradient = 0;
            double curvature = 0;
            for (int row = 0; row < pairs.size(); row++) {
                if (pairs.decided(row) && rows.test(row)) {
                    double p = Math.clamp(predicted[row], LEAST_PROBABILITY, 1 - LEAST_PROBABILITY);
                    double logit = Logistic.logit(p);
                    double q = Logistic.sigmoid(slope * logit);
                    gradient += pairs.weight(row) * logit * (pairs.outcome(row) - q);
                    curvature += pairs.weight(row) * logit * logit * q * (1 - q);
                }
            }
            if (!(curvature > 1e-12)) {
                return Double.NaN;
            }
            double step = Math.clamp(gradient / curvature, -1, 1);
            slope += step;
            if (Math.abs(step) < 1e-10) {
                return slope;
            }
        }
        return Double.NaN;
    }
}
