package org.polyphony.plugin.profile.linear;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.spi.profile.NextRequest;

/// What each pair is worth asking somebody.
///
/// Where it is known what matters: the expected fall of Σ w Var(P) over the pairs that matter, to first order, c being
/// the pair that is asked and t one that matters: Σ_t w (p_t(1−p_t))² (t_tᵀ C t_c)² / (1/(κ p_c(1−p_c)) + t_cᵀ C t_c).
/// Where it is not: what the answer is expected to tell of the weights in nats, the entropy of the answer less what
/// would remain of it if the weights were known (BALD: Houlsby et al. 2011, with their approximation of the Gaussian
/// mean of an entropy).
///
/// @param known what is known of them
record PersonQuestions(Posterior known) {

    private static final double C2 = Math.PI * Math.log(2) / 2;

    /// A pair of an item.
    ///
    /// @param i its candidate's number in the call
    /// @param k the other's
    /// @param worth of asking it
    record Question(int i, int k, double worth) {}

    /// Which pairs are left to ask.
    @FunctionalInterface
    interface Open {
        boolean pair(AskedItem item, int i, int k);
    }

    /// The best questions, the best first; of equal worth the first in the order of the candidates.
    List<Question> best(NextRequest request, AskedItems items, Open open, Parallel parallel) {
        Optional<double[]> matters = request.matters()
                .map(mass -> matters(mass.toDoubles(), items, parallel))
                // nothing that is asked tells of what does not matter
                .filter(PersonQuestions::any);
        var found = new ArrayList<Question>();
        parallel.map(items.count(), number -> ofItem(number, request, items, open, matters))
                .forEach(found::addAll);
        found.sort(Comparator.comparingDouble(question -> -question.worth()));
        return found.subList(0, Math.min(found.size(), request.most()));
    }

    private List<Question> ofItem(
            int number, NextRequest request, AskedItems items, Open open, Optional<double[]> matters) {
        int first = items.candidates().first(number);
        int size = items.candidates().count(number);
        var found = new ArrayList<Question>();
        AskedItem item = null;
        for (int i = 0; i < size; i++) {
            for (int k = i + 1; k < size; k++) {
                if (request.askable().getByte(first + i) == 1
                        && request.askable().getByte(first + k) == 1) {
                    item = item == null ? items.item(number) : item;
                    if (open.pair(item, i, k)) {
                        double[] t = item.apart(i, k);
                        double worth = matters.isPresent()
                                ? target(item.logOdds(i, k), t, item.noise(i, k), matters.get())
                                : information(item.logOdds(i, k), t, item.noise(i, k));
                        found.add(new Question(first + i, first + k, worth));
                    }
                }
            }
        }
        return found;
    }

    /// Σ w (p(1−p))² (C t)(C t)ᵀ over the pairs that matter [r, r].
    private double[] matters(double[] mass, AskedItems items, Parallel parallel) {
        int r = known.mean().length;
        double[] sum = new double[r * r];
        parallel.map(items.count(), number -> {
                    int first = items.candidates().first(number);
                    int size = items.candidates().count(number);
                    double[] of = new double[r * r];
                    AskedItem item = null;
                    for (int i = 0; i < size; i++) {
                        for (int k = i + 1; k < size; k++) {
                            double weight = mass[first + i] * mass[first + k];
                            if (weight > 0) {
                                item = item == null ? items.item(number) : item;
                                add(of, weight, item.logOdds(i, k), item.apart(i, k));
                            }
                        }
                    }
                    return of;
                })
                .forEach(of -> Matrices.add(sum, of));
        return sum;
    }

    /// Adds what a pair that matters adds to [#target]'s matrix.
    void add(double[] to, double weight, double eta, double[] t) {
        int r = t.length;
        double p = Logistic.sigmoid(known.logOdds(eta, t));
        double slope = p * (1 - p);
        double[] moved = Matrices.product(known.covariance(), t, r, r, 1);
        Matrices.addCrossed(to, weight * slope * slope, moved, moved, 1, r, r);
    }

    private static boolean any(double[] matters) {
        for (double of : matters) {
            if (of != 0) {
                return true;
            }
        }
        return false;
    }

    /// What a question is worth to the pairs that matter.
    ///
    /// @param eta the population's log odds
    /// @param noise its variance
    /// @param matters what [#add] added [r, r]
    double target(double eta, double[] t, double noise, double[] matters) {
        double variance = known.variance(t);
        double shrunk = Posterior.shrink(variance + noise);
        double p = Logistic.sigmoid(shrunk * known.logOdds(eta, t));
        return Math.max(0, Matrices.form(matters, t)) / (1 / Math.max(1e-9, shrunk * p * (1 - p)) + variance);
    }

    /// What a question is worth where nothing is known to matter, in nats.
    double information(double eta, double[] t, double noise) {
        double variance = known.variance(t);
        double mean = known.logOdds(eta, t);
        double p = Logistic.sigmoid(Posterior.shrink(variance + noise) * mean);
        double entropy = -(p * Math.log(Math.max(p, 1e-300)) + (1 - p) * Math.log(Math.max(1 - p, 1e-300)));
        // as a probit, whose mean entropy is known: σ(x) ≈ Φ(x √(π/8))
        double scale = Math.PI / 8 * Posterior.shrink(noise) * Posterior.shrink(noise);
        double spread = variance * scale + C2;
        return Math.max(
                0, entropy - Math.log(2) * Math.sqrt(C2 / spread) * Math.exp(-mean * mean * scale / (2 * spread)));
    }
}
