package org.polyphony.plugin.evaluator.preferences.policy;

import static org.polyphony.plugin.evaluator.preferences.report.MetricSheet.with;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.plugin.evaluator.preferences.fit.ScopeJudgments;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;

/// How alike the answers of a policy are: effective number of candidates exp(−Σ π ln π), largest mass,
/// probability that two draws agree Σ π²; means over items.
final class Homogeneity {
    private Homogeneity() {}

    static void report(
            ScopeJudgments judgments,
            MetricSheet sheet,
            Map<String, List<Optional<double[]>>> policies,
            boolean single) {
        policies.forEach((name, byItem) -> {
            double[] sum = new double[4];
            int items = 0;
            Map<String, String> labels = with(judgments.labels(), "policy", name);
            for (int item : judgments.scope().items()) {
                if (byItem.get(item).isPresent()) {
                    double[] of = of(byItem.get(item).get(), judgments, item);
                    for (int f = 0; f < sum.length; f++) {
                        sum[f] += of[f];
                    }
                    items++;
                    if (single) {
                        Map<String, String> one =
                                with(labels, "item", judgments.study().items().get(item));
                        sheet.add("policy.effective-candidates", one, of[0], 1, "1");
                    }
                }
            }
            if (items > 0) {
                sheet.add("policy.effective-candidates", labels, sum[0] / items, items, "1");
                sheet.add("policy.largest-mass", labels, sum[1] / items, items, "probability");
                sheet.add("policy.draws-agree", labels, sum[2] / items, items, "probability");
                sheet.add("safety.unsafe-mass", labels, sum[3], items, "probability");
            }
        });
    }

    // effective candidates, largest mass, agreement, mass on candidates that are not allowed or declared unsafe
    private static double[] of(double[] policy, ScopeJudgments judgments, int item) {
        double entropy = 0;
        double largest = 0;
        double agree = 0;
        double unsafe = 0;
        boolean[] allowed = new boolean[policy.length];
        judgments.study().game(item).ifPresent(game -> {
            for (int i = 0; i < game.allowed().count(); i++) {
                allowed[game.allowed().index(i)] = true;
            }
        });
        for (int i = 0; i < policy.length; i++) {
            double mass = policy[i];
            entropy -= mass > 0 ? mass * Math.log(mass) : 0;
            largest = Math.max(largest, mass);
            agree += mass * mass;
            unsafe += allowed[i] && !judgments.study().declaredUnsafe(item, i) ? 0 : mass;
        }
        return new double[] {Math.exp(entropy), largest, agree, unsafe};
    }
}
