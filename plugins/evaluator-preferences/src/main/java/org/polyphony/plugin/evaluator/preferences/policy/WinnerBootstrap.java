package org.polyphony.plugin.evaluator.preferences.policy;

import static org.polyphony.plugin.evaluator.preferences.report.MetricSheet.with;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.polyphony.plugin.evaluator.preferences.fit.ScopeJudgments;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.model.StrengthsModel;
import org.polyphony.preferences.score.JudgeBootstrap;
import org.polyphony.spi.alignment.Formulation;

/// How often the winner wins again when judges are drawn again: models are fitted and the population game
/// is solved for every draw of the judges that the profiles learned from.
///
/// The winner of an item is the candidate of largest mass in the deployed population policy or, where none
/// was deployed, in the population game of the family. Its probability is its mean mass over the draws.
final class WinnerBootstrap {
    private final ScopeJudgments judgments;
    private final MetricSheet sheet;

    WinnerBootstrap(ScopeJudgments judgments, MetricSheet sheet) {
        this.judgments = judgments;
        this.sheet = sheet;
    }

    /// Reports `winner.probability`; returns the mean over items, NaN without games.
    double report(RefitFamily family, int draws, boolean single) {
        boolean[] learned = judgments.learned();
        Pairs pairs = judgments.pairs().select(row -> learned[row]);
        int[] items = Arrays.stream(judgments.scope().items())
                .filter(item -> judgments.study().game(item).isPresent())
                .toArray();
        if (items.length == 0 || pairs.size() == 0 || pairs.groups() == 0) {
            return Double.NaN;
        }
        JudgeBootstrap drawn =
                JudgeBootstrap.of(pairs, _ -> true, draws, judgments.context().seed());
        double[] once = new double[pairs.judges()];
        Arrays.fill(once, 1);
        int[] winners = winners(items, family.fit(pairs, once));
        List<double[]> masses = judgments.parallel().map(drawn.draws(), draw -> {
            StrengthsModel model = family.fit(pairs, drawn.weights(draw));
            double[] mass = new double[items.length];
            for (int at = 0; at < items.length; at++) {
                mass[at] = lottery(items[at], model)[winners[at]];
            }
            return mass;
        });
        double total = 0;
        for (int at = 0; at < items.length; at++) {
            int of = at;
            double probability =
                    masses.stream().mapToDouble(mass -> mass[of]).average().orElse(Double.NaN);
            total += probability / items.length;
            if (single) {
                Map<String, String> labels = with(
                        judgments.labels(), "item", judgments.study().items().get(items[at]));
                String winner = judgments
                        .study()
                        .judgments()
                        .candidates()
                        .ids()
                        .get(judgments.study().judgments().candidates().first(items[at]) + winners[at]);
                sheet.add(
                        "winner.probability",
                        with(labels, "candidate", winner),
                        probability,
                        drawn.draws(),
                        "probability");
            }
        }
        sheet.add("winner.mean-probability", judgments.labels(), total, items.length, "probability");
        return total;
    }

    private int[] winners(int[] items, StrengthsModel model) {
        var deployed = judgments.study().deployed().get(Formulation.POPULATION);
        return Arrays.stream(items)
                .map(item -> {
                    double[] policy = deployed == null || deployed.get(item).isEmpty()
                            ? lottery(item, model)
                            : deployed.get(item).get();
                    int best = 0;
                    for (int i = 1; i < policy.length; i++) {
                        best = policy[i] > policy[best] ? i : best;
                    }
                    return best;
                })
                .toArray();
    }

    private double[] lottery(int item, StrengthsModel model) {
        return judgments
                .study()
                .game(item)
                .orElseThrow()
                .lottery(model.tensor(item), judgments.study().weights());
    }
}
