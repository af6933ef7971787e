package org.polyphony.plugin.evaluator.preferences.policy;

import static org.polyphony.plugin.evaluator.preferences.report.MetricSheet.with;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.polyphony.games.Preferences;
import org.polyphony.games.RegularisedPopulationSolver;
import org.polyphony.plugin.evaluator.preferences.fit.ScopeJudgments;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;
import org.polyphony.plugin.evaluator.preferences.report.Wording;
import org.polyphony.plugin.evaluator.preferences.study.ItemGame;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.tensor.Tensor;

/// The stakeholder game beside a control in which every seat has the population's preferences, at the same
/// τ.
///
/// The control has no groups, so whatever it costs is the price of temperature, not of pluralism. With one
/// preference for all seats the equilibrium is the same policy for everybody: the regularised population
/// equilibrium. Costs are in estimated utility (probability of being preferred to a uniform draw) against
/// the unregularised population policy; means over the items that have a solution.
final class TemperatureControl {
    private final ScopeJudgments judgments;
    private final MetricSheet sheet;
    private final int seats;

    TemperatureControl(ScopeJudgments judgments, MetricSheet sheet) {
        this.judgments = judgments;
        this.sheet = sheet;
        this.seats = judgments.study().seats().size();
    }

    private static final class Sums {
        private final TreeSet<Double> taus = new TreeSet<>();
        private int items;
        private int unique;
        private double delta;
        private double unregularised;
        private double controlNashConv;
        private double controlGain;
        private final double[] nashConv;
        private final double[] utility;
        private final double[] population;
        private final double[] control;

        Sums(int seats) {
            nashConv = new double[seats];
            utility = new double[seats];
            population = new double[seats];
            control = new double[seats];
        }
    }

    /// Reports the stakeholder solution of the study, if there is one.
    void report() {
        for (CertifiedSolution solution : judgments.study().solutions()) {
            if (solution.label().equals(Formulation.STAKEHOLDER)) {
                Sums sums = new Sums(seats);
                for (int bucket = 0; bucket < solution.certificates().size(); bucket++) {
                    add(sums, solution, bucket);
                }
                if (sums.items > 0) {
                    report(sums);
                }
            }
        }
    }

    private void add(Sums sums, CertifiedSolution solution, int index) {
        var games = judgments.study().games().get(index);
        var solved = solution.solution().buckets().get(index);
        var certificate = solution.certificates().get(index);
        for (int b = 0; b < games.games(); b++) {
            int item = games.items().getInt(b);
            double tau = solved.tau().getDouble(b);
            var game = judgments.study().game(item);
            if (!judgments.scope().contains()[item]
                    || game.isEmpty()
                    || solved.refused().getByte(b) != 0
                    || !(tau > 0)) {
                continue;
            }
            int at = b;
            sums.items++;
            sums.taus.add(tau);
            sums.unique += certificate.equilibrium().uniqueGuaranteed().getByte(b);
            sums.delta = Math.max(sums.delta, certificate.equilibrium().delta().getDouble(b));
            solved.profile().ifPresent(profile -> sums.unregularised += unregularised(game.get(), profile, at));
            for (int s = 0; s < seats; s++) {
                sums.nashConv[s] += certificate.equilibrium().nashConv().at(b, s);
                sums.utility[s] += certificate.deployment().utility().at(b, s);
            }
            control(sums, game.get(), tau);
        }
    }

    private void control(Sums sums, ItemGame game, double tau) {
        int k = game.candidates();
        double[] weights = judgments.study().weights();
        double[] everybody = Preferences.mix(game.p(), seats, k, weights);
        var solved = new RegularisedPopulationSolver(tau).solve(everybody, game.allowed(), game.logReference());
        double[] lottery = game.lottery(game.p(), weights);
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < game.allowed().count(); i++) {
            largest = Math.max(
                    largest, Deviations.gain(everybody, 0, game.allowed().index(i), solved.policy()));
        }
        sums.controlGain += largest;
        // the gap counts the deviations of two copies; every seat has that of one
        sums.controlNashConv += seats * Math.max(0, solved.gap()) / 2;
        for (int s = 0; s < seats; s++) {
            sums.control[s] += utility(game.p(), s, game, solved.policy());
            sums.population[s] += utility(game.p(), s, game, lottery);
        }
    }

    /// Probability that a stakeholder prefers a draw of the policy to a uniform draw of the allowed
    /// candidates.
    static double utility(double[] p, int stakeholder, ItemGame game, double[] policy) {
        int k = game.candidates();
        double sum = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; policy[i] > 0 && j < game.allowed().count(); j++) {
                sum += policy[i] * p[(stakeholder * k + i) * k + game.allowed().index(j)];
            }
        }
        return sum / game.allowed().count();
    }

    // max_s [max_i (P_s q_s)_i − π_sᵀ P_s q_s] with q_s the equal mean of the others' policies
    private double unregularised(ItemGame game, Tensor logProfile, int b) {
        int k = game.candidates();
        double[] profile = logProfile.slice(b, 1).toDoubles();
        double largest = 0;
        for (int s = 0; s < seats; s++) {
            double[] others = new double[k];
            double[] own = new double[k];
            for (int r = 0; r < seats; r++) {
                for (int i = 0; i < k; i++) {
                    double mass = Math.exp(profile[r * k + i]);
                    own[i] = r == s ? mass : own[i];
                    others[i] += seats == 1 ? mass : r == s ? 0 : mass / (seats - 1);
                }
            }
            double most = Double.NEGATIVE_INFINITY;
            double mean = 0;
            for (int i = 0; i < game.allowed().count(); i++) {
                int candidate = game.allowed().index(i);
                double gain = Deviations.gain(game.p(), s, candidate, others);
                most = Math.max(most, gain);
                mean += own[candidate] * gain;
            }
            largest = Math.max(largest, most - mean);
        }
        return largest;
    }

    private void report(Sums sums) {
        Map<String, String> labels = judgments.labels();
        int n = sums.items;
        sheet.add("stakeholder.tau", labels, sums.taus.last(), n, "1");
        sheet.add("stakeholder.delta", labels, sums.delta, n, "probability");
        sheet.add("stakeholder.unique-share", labels, (double) sums.unique / n, n, "probability");
        sheet.add("stakeholder.nash-conv", labels, Arrays.stream(sums.nashConv).sum() / n, n, "probability");
        sheet.add("stakeholder.unregularised-gain", labels, sums.unregularised / n, n, "probability");
        sheet.add("stakeholder.control.nash-conv", labels, sums.controlNashConv / n, n, "probability");
        sheet.add("stakeholder.control.unregularised-gain", labels, sums.controlGain / n, n, "probability");
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double controlLeast = Double.POSITIVE_INFINITY;
        double controlMost = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < seats; s++) {
            Map<String, String> seat =
                    with(labels, "stakeholder", judgments.study().seats().get(s));
            double cost = (sums.population[s] - sums.utility[s]) / n;
            double controlCost = (sums.population[s] - sums.control[s]) / n;
            sheet.add("stakeholder.utility", seat, sums.utility[s] / n, n, "probability");
            sheet.add("stakeholder.cost", seat, cost, n, "probability");
            sheet.add("stakeholder.control.utility", seat, sums.control[s] / n, n, "probability");
            sheet.add("stakeholder.control.cost", seat, controlCost, n, "probability");
            least = Math.min(least, cost);
            most = Math.max(most, cost);
            controlLeast = Math.min(controlLeast, controlCost);
            controlMost = Math.max(controlMost, controlCost);
        }
        sheet.find(
                "stakeholder.temperature",
                labels,
                String.format(
                        Locale.ROOT,
                        "The stakeholder game was solved at tau %s; stakeholders differ by at most %s (Delta), and the"
                                + " equilibrium is proved unique for %d of %d items. It costs the stakeholders %s to %s of"
                                + " utility against the population policy. A control in which every seat has the"
                                + " population's preferences costs %s to %s at the same tau: that much is temperature, not"
                                + " disagreement.",
                        String.join(
                                ", ", sums.taus.stream().map(String::valueOf).toList()),
                        Wording.plain(sums.delta),
                        sums.unique,
                        n,
                        Wording.plain(least),
                        Wording.plain(most),
                        Wording.plain(controlLeast),
                        Wording.plain(controlMost)));
    }
}
