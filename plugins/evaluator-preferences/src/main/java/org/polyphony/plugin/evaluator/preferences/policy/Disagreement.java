package org.polyphony.plugin.evaluator.preferences.policy;

import static org.polyphony.plugin.evaluator.preferences.report.MetricSheet.with;

import java.util.Map;
import org.polyphony.plugin.evaluator.preferences.fit.GamePath;
import org.polyphony.plugin.evaluator.preferences.fit.ScopeJudgments;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;
import org.polyphony.plugin.evaluator.preferences.study.ItemGame;

/// How far stakeholders are apart in the preferences that were deployed: mean |P_s − P_r|, share of pairs
/// of candidates that two stakeholders order oppositely, and Δ, the largest |P_s − P_r|.
///
/// Estimated preferences differ by chance too: `shrinkage.difference` shows the same mean beside placebo
/// groups.
final class Disagreement {
    private Disagreement() {}

    static void report(ScopeJudgments judgments, MetricSheet sheet, boolean single) {
        int stakeholders = judgments.study().seats().size();
        double[] sum = new double[3];
        int items = 0;
        for (int item : judgments.scope().items()) {
            var game = judgments.study().game(item);
            if (game.isEmpty() || stakeholders < 2 || game.get().allowed().count() < 2) {
                continue;
            }
            double mean = GamePath.meanDifference(game.get().p(), stakeholders, game.get());
            double reversed = reversed(game.get(), stakeholders);
            double delta = delta(game.get(), stakeholders);
            sum[0] += mean;
            sum[1] += reversed;
            sum[2] = Math.max(sum[2], delta);
            items++;
            if (single) {
                Map<String, String> labels = with(
                        judgments.labels(), "item", judgments.study().items().get(item));
                sheet.add("disagreement.mean", labels, mean, 1, "probability");
                sheet.add("disagreement.reversed", labels, reversed, 1, "probability");
                sheet.add("disagreement.largest", labels, delta, 1, "probability");
            }
        }
        if (items > 0) {
            sheet.add("disagreement.mean", judgments.labels(), sum[0] / items, items, "probability");
            sheet.add("disagreement.reversed", judgments.labels(), sum[1] / items, items, "probability");
            sheet.add("disagreement.largest", judgments.labels(), sum[2], items, "probability");
        }
    }

    private static double reversed(ItemGame game, int stakeholders) {
        int k = game.candidates();
        int reversed = 0;
        int all = 0;
        for (int s = 0; s < stakeholders; s++) {
            for (int r = 0; r < s; r++) {
                for (int a = 0; a < game.allowed().count(); a++) {
                    for (int b = 0; b < a; b++) {
                        int cell = game.allowed().index(a) * k + game.allowed().index(b);
                        double x = game.p()[s * k * k + cell] - 0.5;
                        double y = game.p()[r * k * k + cell] - 0.5;
                        reversed += x * y < 0 ? 1 : 0;
                        all++;
                    }
                }
            }
        }
        return (double) reversed / all;
    }

    /// Δ = max |P_s − P_r| over stakeholders and allowed candidates.
    static double delta(ItemGame game, int stakeholders) {
        return org.polyphony.games.StakeholderSolver.disagreement(
                game.allowed().restrictMatrices(game.p(), stakeholders),
                stakeholders,
                game.allowed().count());
    }
}
