package org.polyphony.plugin.profile.linear;

import java.util.Arrays;
import java.util.List;
import org.polyphony.preferences.model.Strengths;

/// An item that is asked about: what the population says of its candidates, and what it leaves open. One thread's.
final class AskedItem {
    static final int UNKNOWN = -1;

    private final LinearModel model;
    private final String id;
    private final List<String> ids;
    private final int known;
    private final int[] places;
    private final double[] z;
    private final double[] scores;
    private final double[][] t;
    private final double[] noise;

    /// @param ids of its candidates [K]
    /// @param known its number in the fit, or unknown
    /// @param places of its candidates in the fit, or unknown [K]
    /// @param z columns of its candidates, row-major [K, d]
    AskedItem(LinearModel model, String id, List<String> ids, int known, int[] places, double[] z) {
        this.model = model;
        this.id = id;
        this.ids = ids;
        this.known = known;
        this.places = places;
        this.z = z;
        int k = places.length;
        int d = model.block().length;
        this.scores = new double[k];
        this.t = new double[k][model.taste().length + 1];
        this.noise = new double[k * k];
        Arrays.fill(noise, Double.NaN);
        for (int i = 0; i < k; i++) {
            scores[i] = Matrices.dot(z, i * d, model.population().weights(), 0, d)
                    + (places[i] == UNKNOWN ? 0 : model.population().residual()[places[i]]);
            t[i][0] = scores[i];
            for (int c = 0; c < model.taste().length; c++) {
                t[i][c + 1] = z[i * d + model.taste()[c]];
            }
        }
    }

    int size() {
        return places.length;
    }

    String id() {
        return id;
    }

    /// The id of a candidate.
    String candidate(int i) {
        return ids.get(i);
    }

    /// The place of a candidate in the fit, or unknown.
    int place(int i) {
        return places[i];
    }

    /// The population's score of a candidate.
    double score(int i) {
        return scores[i];
    }

    /// The population's log odds of a pair, asked without order.
    double logOdds(int i, int k) {
        return scores[i] - scores[k];
    }

    /// t of a candidate [r]; the differences are those of pairs.
    double[] t(int i) {
        return t[i];
    }

    /// t of a pair [r].
    double[] apart(int i, int k) {
        double[] apart = new double[t[i].length];
        Arrays.setAll(apart, c -> t[i][c] - t[k][c]);
        return apart;
    }

    /// Variance of the population's log odds of a pair.
    double noise(int i, int j) {
        int size = size();
        if (Double.isNaN(noise[i * size + j])) {
            double variance = variance(i, j);
            noise[i * size + j] = variance;
            noise[j * size + i] = variance;
        }
        return noise[i * size + j];
    }

    private double variance(int i, int j) {
        int d = model.block().length;
        double[] x = new double[d];
        Arrays.setAll(x, c -> z[i * d + c] - z[j * d + c]);
        if (places[i] == UNKNOWN || places[j] == UNKNOWN) {
            return model.population().varianceUnseen(x);
        }
        int from = model.known().offsets()[known];
        return model.population().variance(known, places[i] - from, places[j] - from, x, model.block());
    }

    /// Deviations of somebody's scores less the mean of the item's [K]: what the population leaves open, and t·m.
    double[] centredDeviations(Posterior whose) {
        int k = size();
        double[] apart = new double[k * k];
        Arrays.setAll(apart, at -> at / k == at % k ? 0 : Math.sqrt(noise(at / k, at % k)));
        double[] centred = Strengths.centredDeviations(apart, k);
        double[] mean = new double[t.length == 0 ? 0 : t[0].length];
        for (double[] of : t) {
            for (int c = 0; c < mean.length; c++) {
                mean[c] += of[c] / k;
            }
        }
        double[] deviations = new double[k];
        Arrays.setAll(deviations, i -> {
            double[] of = new double[mean.length];
            Arrays.setAll(of, c -> t[i][c] - mean[c]);
            return Math.sqrt(whose.variance(of) + centred[i] * centred[i]);
        });
        return deviations;
    }
}
