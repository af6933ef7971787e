package org.polyphony.plugin.evaluator.preferences.policy;

import static org.polyphony.plugin.evaluator.preferences.report.MetricSheet.with;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.polyphony.plugin.evaluator.preferences.fit.ScopeJudgments;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;
import org.polyphony.plugin.evaluator.preferences.study.ItemGame;
import org.polyphony.preferences.model.StrengthsModel;
import org.polyphony.preferences.score.Interval;

/// What a stakeholder would really gain by the deviation that looks best to it.
///
/// Policy and deviation are chosen from what the study learned of the training judges: i* = argmax_i (A_s π)_i. On
/// the other judges' preferences, fitted to them alone, (A_s π)_{i*} is what the deviation is worth. The
/// maximum over candidates on the same judges, which a certificate is, flatters the deviation. Means over
/// items.
final class Deviations {
    private final ScopeJudgments judgments;
    private final MetricSheet sheet;

    Deviations(ScopeJudgments judgments, MetricSheet sheet) {
        this.judgments = judgments;
        this.sheet = sheet;
    }

    /// Reports `unilateral.training` and `unilateral.held-out` of every policy.
    ///
    /// @param trained the preferences that each policy was made from: name → item → [S, K, K]
    /// @param draws how many draws of judges the intervals come from
    /// @return formulation → largest held-out gain of any stakeholder
    Map<String, Interval> report(
            Map<String, List<Optional<double[]>>> policies,
            Map<String, List<Optional<double[]>>> trained,
            RefitFamily family,
            int draws,
            int judges) {
        int groups = judgments.pairs().groups();
        List<String> names = List.copyOf(policies.keySet());
        List<List<Optional<double[]>>> made = List.copyOf(policies.values());
        List<List<Optional<double[]>>> from = names.stream()
                .map(name -> Objects.requireNonNull(trained.get(name)))
                .toList();
        int[] items = Arrays.stream(judgments.scope().items())
                .filter(item -> policies.values().stream()
                        .allMatch(policy -> policy.get(item).isPresent()))
                .filter(item -> from.stream().allMatch(known -> known.get(item).isPresent()))
                .toArray();
        Map<String, Interval> largest = new TreeMap<>();
        if (items.length == 0 || groups == 0 || judges == 0) {
            return largest;
        }
        int[][][] deviation = new int[names.size()][groups][items.length];
        double[][] before = new double[made.size()][groups];
        for (int policy = 0; policy < made.size(); policy++) {
            for (int at = 0; at < items.length; at++) {
                ItemGame game = judgments.study().game(items[at]).orElseThrow();
                double[] pi = made.get(policy).get(items[at]).orElseThrow();
                double[] p = from.get(policy).get(items[at]).orElseThrow();
                for (int group = 0; group < groups; group++) {
                    int best = best(p, group, game, pi);
                    deviation[policy][group][at] = best;
                    before[policy][group] += gain(p, group, best, pi) / items.length;
                }
            }
        }
        double[] testing = RefitFamily.part(judgments.resampling().halfOfJudge(), 1);
        double[][] observed = measure(family, testing, made, items, deviation);
        List<double[][]> drawn = judgments
                .parallel()
                .map(Math.min(draws, judgments.resampling().draws().draws()), draw -> {
                    double[] weights = judgments.resampling().draws().weights(draw);
                    for (int judge = 0; judge < weights.length; judge++) {
                        weights[judge] *= testing[judge];
                    }
                    return measure(family, weights, made, items, deviation);
                });
        for (int policy = 0; policy < made.size(); policy++) {
            Map<String, String> labels = with(judgments.labels(), "policy", names.get(policy));
            for (int group = 0; group < groups; group++) {
                int s = group;
                int of = policy;
                Interval held = judgments
                        .resampling()
                        .draws()
                        .interval(
                                observed[policy][group],
                                drawn.stream().mapToDouble(draw -> draw[of][s]).toArray());
                Map<String, String> seat =
                        with(labels, "stakeholder", judgments.study().seats().get(group));
                sheet.add("unilateral.training", seat, before[policy][group], items.length, "probability");
                sheet.add("unilateral.held-out", seat, held, judges, "probability");
                largest.merge(names.get(policy), held, (a, b) -> a.value() >= b.value() ? a : b);
            }
        }
        return largest;
    }

    private double[][] measure(
            RefitFamily family,
            double[] weights,
            List<List<Optional<double[]>>> made,
            int[] items,
            int[][][] deviation) {
        StrengthsModel model = family.fit(judgments.pairs(), weights);
        int groups = judgments.pairs().groups();
        double[][] gains = new double[made.size()][groups];
        for (int at = 0; at < items.length; at++) {
            double[] p = model.tensor(items[at]);
            for (int policy = 0; policy < made.size(); policy++) {
                double[] pi = made.get(policy).get(items[at]).orElseThrow();
                for (int group = 0; group < groups; group++) {
                    gains[policy][group] += gain(p, group, deviation[policy][group][at], pi) / items.length;
                }
            }
        }
        return gains;
    }

    private static int best(double[] p, int group, ItemGame game, double[] policy) {
        int best = game.allowed().index(0);
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < game.allowed().count(); i++) {
            double gain = gain(p, group, game.allowed().index(i), policy);
            if (gain > most) {
                most = gain;
                best = game.allowed().index(i);
            }
        }
        return best;
    }

    /// (A_s π)_i.
    static double gain(double[] p, int group, int candidate, double[] policy) {
        int k = policy.length;
        double sum = 0;
        for (int j = 0; j < k; j++) {
            sum += (p[(group * k + candidate) * k + j] - 0.5) * policy[j];
        }
        return sum;
    }
}
