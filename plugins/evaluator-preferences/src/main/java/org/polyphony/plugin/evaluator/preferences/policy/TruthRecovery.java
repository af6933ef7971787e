package org.polyphony.plugin.evaluator.preferences.policy;

import static org.polyphony.plugin.evaluator.preferences.report.MetricSheet.with;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.games.ConsensusSolver;
import org.polyphony.games.Preferences;
import org.polyphony.plugin.evaluator.preferences.fit.GamePath;
import org.polyphony.plugin.evaluator.preferences.fit.ScopeJudgments;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;
import org.polyphony.plugin.evaluator.preferences.report.Wording;
import org.polyphony.plugin.evaluator.preferences.study.EvaluatedStudy;
import org.polyphony.plugin.evaluator.preferences.study.ItemGame;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.ShrinkageEvidence;
import org.polyphony.preferences.score.SeatUnits;
import org.polyphony.preferences.verdict.GroupVerdict;
import org.polyphony.spi.preference.GroundTruth;

/// How well the preferences that generated data were drawn from were recovered, and what policies are truly
/// worth.
///
/// Figures are about allowed candidates of items that have a game. σ_d is the standard deviation of what
/// sets groups apart: with u_gi the mean over j of logit P_g[i, j], Σ (u_gi − mean_g u_gi)² / ((S − 1)(K −
/// 1)), root of the mean over items.
final class TruthRecovery {
    private static final double CERTAIN = 1e-9;
    private static final double NO_DIFFERENCE = 1e-9;
    private static final int PLACEBO_DRAWS = 3;

    private final ScopeJudgments judgments;
    private final MetricSheet sheet;
    private final int[] items;
    /// [item in `items`][S, K, K] in the order of seats
    private final double[][] truth;

    private TruthRecovery(ScopeJudgments judgments, MetricSheet sheet, int[] items, double[][] truth) {
        this.judgments = judgments;
        this.sheet = sheet;
        this.items = items;
        this.truth = truth;
    }

    /// Reports recovery, where the study has a truth about its seats.
    static void report(
            ScopeJudgments judgments,
            MetricSheet sheet,
            Map<String, List<Optional<double[]>>> policies,
            GroupVerdict verdict) {
        EvaluatedStudy study = judgments.study();
        Optional<GroundTruth> known = study.truth();
        if (known.isEmpty() || !known.get().groups().containsAll(study.seats())) {
            return;
        }
        int[] seatOf =
                study.seats().stream().mapToInt(known.get().groups()::indexOf).toArray();
        List<Optional<double[]>> tensors = study.byItem(known.get().preferences());
        int[] items = Arrays.stream(judgments.scope().items())
                .filter(item ->
                        study.game(item).isPresent() && tensors.get(item).isPresent())
                .toArray();
        double[][] truth = Arrays.stream(items)
                .mapToObj(item -> chosen(
                        tensors.get(item).orElseThrow(),
                        study.judgments().candidates().count(item),
                        seatOf))
                .toArray(double[][]::new);
        if (items.length > 0 && study.seats().size() > 0) {
            new TruthRecovery(judgments, sheet, items, truth).report(policies, verdict);
        }
    }

    private static double[] chosen(double[] p, int k, int[] seatOf) {
        double[] ordered = new double[seatOf.length * k * k];
        for (int s = 0; s < seatOf.length; s++) {
            System.arraycopy(p, seatOf[s] * k * k, ordered, s * k * k, k * k);
        }
        return ordered;
    }

    private void report(Map<String, List<Optional<double[]>>> policies, GroupVerdict verdict) {
        preferences();
        double sigma = sigma(truth);
        Map<String, String> labels = judgments.labels();
        sheet.add("truth.sigma-d", labels, sigma, items.length, "logit");
        sheet.add("truth.sigma-d-estimated", labels, sigma(estimates()), items.length, "logit");
        evidence();
        double difference = 0;
        double epsStar = 0;
        for (int at = 0; at < items.length; at++) {
            difference += GamePath.meanDifference(truth[at], seats(), game(at)) / items.length;
            epsStar += new ConsensusSolver()
                            .solve(truth[at], seats(), game(at).allowed())
                            .largestGain()
                    / items.length;
        }
        sheet.add("truth.disagreement.mean", labels, difference, items.length, "probability");
        sheet.add("truth.eps-star", labels, epsStar, items.length, "probability");
        cycles();
        policies.forEach(this::policy);
        boolean differ = sigma > NO_DIFFERENCE;
        boolean found = verdict == GroupVerdict.DIFFERS;
        boolean right = differ == found;
        sheet.add("truth.verdict-right", labels, right ? 1 : 0, items.length, "1");
        sheet.find(
                right ? "truth.verdict-right" : "truth.verdict-wrong",
                labels,
                "In truth these groups "
                        + (differ ? "differ (sigma_d " + Wording.plain(sigma) + " logit)" : "do not differ")
                        + "; the evidence " + (found ? "told them apart." : "did not tell them apart."));
    }

    // evidence takes judgments for independent: it finds differences between groups drawn by lot too, so these stand
    // beside
    private void evidence() {
        var pairs = judgments.pairs();
        Map<String, String> labels = judgments.labels();
        SeatUnits cells = SeatUnits.of(pairs);
        double observed = ShrinkageEvidence.deviation(pairs, Ties.DROP, judgments.parallel());
        double placebo = 0;
        for (int draw = 0; draw < PLACEBO_DRAWS; draw++) {
            judgments.context().checkCancelled();
            var drawn = pairs.withGroups(cells.permuted(judgments.context().seed(), draw), pairs.groups());
            placebo += ShrinkageEvidence.deviation(drawn, Ties.DROP, judgments.parallel()) / PLACEBO_DRAWS;
        }
        sheet.add("truth.sigma-d-evidence", labels, observed, items.length, "logit");
        sheet.add("truth.sigma-d-evidence-placebo", labels, placebo, PLACEBO_DRAWS, "logit");
    }

    private void preferences() {
        double[][] everybody = new double[items.length][];
        for (int at = 0; at < items.length; at++) {
            everybody[at] = Preferences.mix(
                    game(at).p(),
                    seats(),
                    game(at).candidates(),
                    judgments.study().weights());
        }
        Fit pooled = new Fit();
        Fit pooledPopulation = new Fit();
        for (int s = 0; s < seats(); s++) {
            Fit fit = new Fit();
            for (int at = 0; at < items.length; at++) {
                int seat = s;
                int item = at;
                double[] estimated = game(at).p();
                forPairs(game(at), (i, j, k) -> {
                    double real = truth[item][(seat * k + i) * k + j];
                    fit.add(real, estimated[(seat * k + i) * k + j]);
                    pooled.add(real, estimated[(seat * k + i) * k + j]);
                    pooledPopulation.add(real, everybody[item][i * k + j]);
                });
            }
            fit.report("profiles", judgments.study().seats().get(s));
        }
        pooled.report("profiles", "pooled");
        pooledPopulation.report("population", "pooled");
    }

    private final class Fit {
        private double squares;
        private double logitSquares;
        private double x;
        private double y;
        private double xx;
        private double yy;
        private double xy;
        private int n;

        void add(double real, double estimated) {
            squares += (real - estimated) * (real - estimated);
            double away = logit(real) - logit(estimated);
            logitSquares += away * away;
            x += real;
            y += estimated;
            xx += real * real;
            yy += estimated * estimated;
            xy += real * estimated;
            n++;
        }

        void report(String model, String stakeholder) {
            Map<String, String> labels = with(judgments.labels(), "model", model, "stakeholder", stakeholder);
            sheet.add("truth.p-rmse", labels, Math.sqrt(squares / n), items.length, "probability");
            sheet.add("truth.p-logit-rmse", labels, Math.sqrt(logitSquares / n), items.length, "logit");
            double correlation = (n * xy - x * y) / Math.sqrt((n * xx - x * x) * (n * yy - y * y));
            sheet.add("truth.p-correlation", labels, correlation, items.length, "1");
        }
    }

    private void cycles() {
        int both = 0;
        int real = 0;
        int estimated = 0;
        long triads = 0;
        for (int at = 0; at < items.length; at++) {
            ItemGame game = game(at);
            int n = game.allowed().count();
            for (int s = 0; s < seats(); s++) {
                for (int a = 0; a < n; a++) {
                    for (int b = 0; b < a; b++) {
                        for (int c = 0; c < b; c++) {
                            boolean inTruth = cyclic(truth[at], s, game, a, b, c);
                            boolean inEstimate = cyclic(game.p(), s, game, a, b, c);
                            triads++;
                            real += inTruth ? 1 : 0;
                            estimated += inEstimate ? 1 : 0;
                            both += inTruth && inEstimate ? 1 : 0;
                        }
                    }
                }
            }
        }
        Map<String, String> labels = judgments.labels();
        sheet.add("truth.cyclic-share", labels, (double) real / triads, triads, "probability");
        sheet.add("truth.cyclic-share-estimated", labels, (double) estimated / triads, triads, "probability");
        sheet.add("truth.cycles-found", labels, (double) both / real, real, "probability");
        sheet.add("truth.cycles-real", labels, (double) both / estimated, estimated, "probability");
    }

    private static boolean cyclic(double[] p, int s, ItemGame game, int a, int b, int c) {
        int k = game.candidates();
        int i = game.allowed().index(a);
        int j = game.allowed().index(b);
        int l = game.allowed().index(c);
        double ij = p[(s * k + i) * k + j] - 0.5;
        double jl = p[(s * k + j) * k + l] - 0.5;
        double li = p[(s * k + l) * k + i] - 0.5;
        return (ij > 0 && jl > 0 && li > 0) || (ij < 0 && jl < 0 && li < 0);
    }

    private void policy(String name, List<Optional<double[]>> byItem) {
        double[] utility = new double[seats()];
        double eps = 0;
        int n = 0;
        for (int at = 0; at < items.length; at++) {
            if (byItem.get(items[at]).isEmpty()) {
                continue;
            }
            double[] policy = byItem.get(items[at]).get();
            double largest = Double.NEGATIVE_INFINITY;
            for (int s = 0; s < seats(); s++) {
                utility[s] += TemperatureControl.utility(truth[at], s, game(at), policy);
                for (int i = 0; i < game(at).allowed().count(); i++) {
                    largest = Math.max(
                            largest,
                            Deviations.gain(truth[at], s, game(at).allowed().index(i), policy));
                }
            }
            eps += largest;
            n++;
        }
        Map<String, String> labels = with(judgments.labels(), "policy", name);
        sheet.add("truth.eps", labels, eps / n, n, "probability");
        for (int s = 0; s < seats(); s++) {
            Map<String, String> seat =
                    with(labels, "stakeholder", judgments.study().seats().get(s));
            sheet.add("truth.utility", seat, utility[s] / n, n, "probability");
        }
    }

    private double sigma(double[][] tensors) {
        double sum = 0;
        int counted = 0;
        for (int at = 0; at < items.length; at++) {
            ItemGame game = game(at);
            int n = game.allowed().count();
            int k = game.candidates();
            if (n < 2 || seats() < 2) {
                continue;
            }
            double squares = 0;
            for (int a = 0; a < n; a++) {
                double[] u = new double[seats()];
                for (int s = 0; s < seats(); s++) {
                    for (int b = 0; b < n; b++) {
                        u[s] += logit(tensors[at][
                                        (s * k + game.allowed().index(a)) * k
                                                + game.allowed().index(b)])
                                / n;
                    }
                }
                double mean = Arrays.stream(u).average().orElseThrow();
                for (double one : u) {
                    squares += (one - mean) * (one - mean);
                }
            }
            sum += squares / ((seats() - 1.0) * (n - 1.0));
            counted++;
        }
        return Math.sqrt(sum / counted);
    }

    private double[][] estimates() {
        double[][] estimates = new double[items.length][];
        Arrays.setAll(estimates, at -> game(at).p());
        return estimates;
    }

    @FunctionalInterface
    private interface PairVisitor {
        void visit(int i, int j, int k);
    }

    private static void forPairs(ItemGame game, PairVisitor visitor) {
        for (int a = 0; a < game.allowed().count(); a++) {
            for (int b = 0; b < a; b++) {
                visitor.visit(game.allowed().index(a), game.allowed().index(b), game.candidates());
            }
        }
    }

    private ItemGame game(int at) {
        return judgments.study().game(items[at]).orElseThrow();
    }

    private int seats() {
        return judgments.study().seats().size();
    }

    private static double logit(double p) {
        double inside = Math.clamp(p, CERTAIN, 1 - CERTAIN);
        return Math.log(inside / (1 - inside));
    }
}
