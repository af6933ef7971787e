package org.polyphony.plugin.evaluator.preferences.fit;

import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;
import org.polyphony.plugin.evaluator.preferences.study.EvaluatedStudy;
import org.polyphony.preferences.Pairs;

/// How well the profiles as deployed, whoever fitted them, foretell judges they did not learn from.
public final class ProfileFit {
    private ProfileFit() {}

    /// Reports `heldout.*` for the estimate of the study and for a constant, where judges were held out; where none
    /// were,
    /// for the estimate that the study's profiler makes from one half of the judges, on those of the other.
    public static void report(ScopeJudgments judgments, MetricSheet sheet) {
        EvaluatedStudy study = judgments.study();
        if (study.holdsOut()) {
            report(judgments, sheet, judgments.learned(), study.preferences(), "profiles");
        } else {
            study.halves().stream()
                    .findFirst()
                    .ifPresent(half -> report(
                            judgments,
                            sheet,
                            judgments.learned(half.weights()),
                            study.ofSeats(half.estimate()),
                            "profiles-of-half"));
        }
    }

    private static void report(
            ScopeJudgments judgments,
            MetricSheet sheet,
            boolean[] learned,
            List<Optional<double[]>> estimate,
            String model) {
        Pairs pairs = judgments.pairs();
        boolean[] taught = new boolean[pairs.judges()];
        boolean[] tests = new boolean[pairs.judges()];
        for (int row = 0; row < pairs.size(); row++) {
            taught[pairs.judge(row)] |= learned[row];
            tests[pairs.judge(row)] |= !learned[row];
        }
        int both = 0;
        for (int judge = 0; judge < taught.length; judge++) {
            both += taught[judge] && tests[judge] ? 1 : 0;
        }
        if (both > 0) {
            sheet.find(
                    "heldout.split-by-judgment",
                    judgments.labels(),
                    both + " judges have judgments on both sides of the study's split. Splitting by judgment flatters"
                            + " models of groups, so these judges are not scored; split by judge.");
        }
        IntPredicate rows = row -> !learned[row]
                && !taught[pairs.judge(row)]
                && estimate.get(pairs.item(row)).isPresent();
        double[] predicted = new double[pairs.size()];
        double[] constant = new double[pairs.size()];
        for (int row = 0; row < predicted.length; row++) {
            constant[row] = 0.5;
            predicted[row] = rows.test(row) ? probability(judgments, estimate, row) : 0.5;
        }
        HeldOutFit fit = new HeldOutFit(judgments, sheet);
        fit.report("heldout", model, predicted, rows);
        fit.report("heldout", "constant", constant, rows);
    }

    private static double probability(ScopeJudgments judgments, List<Optional<double[]>> estimate, int row) {
        Pairs pairs = judgments.pairs();
        int k = pairs.candidates(pairs.item(row));
        double[] p = estimate.get(pairs.item(row)).orElseThrow();
        int cell = pairs.first(row) * k + pairs.second(row);
        int group = pairs.group(row);
        if (group != Pairs.NO_GROUP) {
            return p[group * k * k + cell];
        }
        double[] weights = judgments.study().weights();
        double mixed = 0;
        double total = 0;
        for (int s = 0; s < weights.length; s++) {
            mixed += weights[s] * p[s * k * k + cell];
            total += weights[s];
        }
        return mixed / total;
    }
}
