package org.polyphony.plugin.evaluator.preferences.fit;

import static org.polyphony.plugin.evaluator.preferences.report.MetricSheet.with;

import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.score.HeldOutScore;
import org.polyphony.preferences.score.Interval;
import org.polyphony.preferences.score.JudgeBootstrap;

/// Log-loss, accuracy and calibration of models on judges they have not seen, for every stakeholder and
/// pooled.
public final class HeldOutFit {
    /// The label of all judgments that carry a seat.
    public static final String POOLED = "pooled";

    /// The label of all judgments, those without a seat included.
    public static final String EVERYONE = "everyone";

    private static final int BINS = 10;

    private final ScopeJudgments judgments;
    private final MetricSheet sheet;

    /// Measures into `sheet`.
    public HeldOutFit(ScopeJudgments judgments, MetricSheet sheet) {
        this.judgments = judgments;
        this.sheet = sheet;
    }

    /// Reports one model.
    ///
    /// @param family `fit` for models fitted fold by fold, `heldout` for what was deployed
    /// @param predicted probability of every row that its first candidate is preferred, by a model that did
    ///     not see the row's judge
    /// @param rows the rows that are held out
    public void report(String family, String model, double[] predicted, IntPredicate rows) {
        Pairs pairs = judgments.pairs();
        // one seat that everyone shares is told as everyone
        boolean shared = judgments.study().seats().equals(List.of(EVERYONE));
        for (int group = 0; group < pairs.groups() && !shared; group++) {
            int wanted = group;
            report(
                    family,
                    model,
                    judgments.study().seats().get(group),
                    predicted,
                    row -> rows.test(row) && pairs.group(row) == wanted);
        }
        report(family, model, POOLED, predicted, row -> rows.test(row) && judgments.seated(row));
        report(family, model, EVERYONE, predicted, rows);
    }

    private void report(String family, String model, String stakeholder, double[] predicted, IntPredicate rows) {
        HeldOutScore score = HeldOutScore.of(judgments.pairs(), predicted, rows);
        if (score.judgments() == 0) {
            return;
        }
        int judges = judgments.judges(rows);
        Map<String, String> labels = with(judgments.labels(), "model", model, "stakeholder", stakeholder);
        Sums sums = Sums.of(judgments.pairs(), predicted, rows);
        JudgeBootstrap draws = judgments.resampling().draws();
        sheet.add(family + ".log-loss", labels, draws.ratio(sums.loss, sums.weight), judges, "nats");
        sheet.add(family + ".accuracy", labels, draws.ratio(sums.hits, sums.weight), judges, "probability");
        sheet.add(family + ".calibration-error", labels, draws.interval(sums::calibrationError), judges, "probability");
        sheet.add(family + ".calibration-slope", labels, slope(score, sums), judges, "1");
        sheet.add(family + ".judgments", labels, score.judgments(), judges, "judgments");
    }

    // sandwich variance by judge: bread is the curvature, meat the spread of the judges' scores at the fitted slope
    private Interval slope(HeldOutScore score, Sums sums) {
        double slope = score.calibrationSlope();
        double curvature = 0;
        double spread = 0;
        for (int judge = 0; judge < sums.weight.length; judge++) {
            double at = sums.slopeScore(judge, slope);
            spread += at * at;
            curvature += sums.slopeCurvature(judge, slope);
        }
        double deviation = Math.sqrt(spread) / curvature;
        return judgments.resampling().draws().judges() < 2 || !Double.isFinite(deviation)
                ? new Interval(slope, Double.NaN, Double.NaN)
                : new Interval(slope, slope - 1.96 * deviation, slope + 1.96 * deviation);
    }

    /// What one judge adds to each figure.
    private static final class Sums {
        private final double[] loss;
        private final double[] hits;
        private final double[] weight;
        /// Σ w (y − p) by probability bin `[judge][bin]`; null where a judge said nothing
        private final double[][] residual;
        /// rows of every judge: pairs of (weight · outcome sign, logit of what was predicted) for the slope
        private final double[][] logits;

        private Sums(int judges) {
            loss = new double[judges];
            hits = new double[judges];
            weight = new double[judges];
            residual = new double[judges][];
            logits = new double[judges][];
        }

        static Sums of(Pairs pairs, double[] predicted, IntPredicate rows) {
            Sums sums = new Sums(pairs.judges());
            int[] size = new int[pairs.judges()];
            for (int row = 0; row < pairs.size(); row++) {
                if (!pairs.decided(row) || !rows.test(row)) {
                    continue;
                }
                int judge = pairs.judge(row);
                double p = predicted[row];
                double y = pairs.outcome(row);
                double w = pairs.weight(row);
                sums.loss[judge] += w * HeldOutScore.loss(p, y);
                sums.hits[judge] += w * HeldOutScore.hit(p, y);
                sums.weight[judge] += w;
                if (size[judge] == 0) {
                    sums.residual[judge] = new double[BINS];
                    sums.logits[judge] = new double[8];
                }
                sums.residual[judge][Math.min(BINS - 1, (int) (p * BINS))] += w * (y - p);
                if (size[judge] + 2 > sums.logits[judge].length) {
                    sums.logits[judge] = java.util.Arrays.copyOf(sums.logits[judge], 2 * size[judge]);
                }
                double said = y == 1 ? p : 1 - p;
                sums.logits[judge][size[judge]++] = w;
                sums.logits[judge][size[judge]++] = Math.log(Math.max(said, 1e-15) / Math.max(1 - said, 1e-15));
            }
            return sums;
        }

        double calibrationError(double[] weights) {
            double[] bins = new double[BINS];
            double total = 0;
            for (int judge = 0; judge < weight.length; judge++) {
                if (weight[judge] > 0 && weights[judge] > 0) {
                    total += weights[judge] * weight[judge];
                    for (int bin = 0; bin < BINS; bin++) {
                        bins[bin] += weights[judge] * residual[judge][bin];
                    }
                }
            }
            double error = 0;
            for (double bin : bins) {
                error += Math.abs(bin);
            }
            return error / total;
        }

        double slopeScore(int judge, double slope) {
            double sum = 0;
            double[] of = logits[judge];
            for (int at = 0; of != null && at < of.length; at += 2) {
                sum += of[at] * of[at + 1] / (1 + Math.exp(slope * of[at + 1]));
            }
            return sum;
        }

        double slopeCurvature(int judge, double slope) {
            double sum = 0;
            double[] of = logits[judge];
            for (int at = 0; of != null && at < of.length; at += 2) {
                double q = 1 / (1 + Math.exp(slope * of[at + 1]));
                sum += of[at] * of[at + 1] * of[at + 1] * q * (1 - q);
            }
            return sum;
        }
    }
}
