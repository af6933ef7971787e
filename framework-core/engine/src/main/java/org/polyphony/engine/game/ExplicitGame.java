package org.polyphony.engine.game;

import java.util.Arrays;
import java.util.Optional;

/// One game as a user wrote it.
///
/// @param p probability that stakeholder s prefers candidate i to j, shape [S][K][K]
/// @param weights of the stakeholders, shape [S], summing to one
/// @param reference log-probabilities of the reference policy, shape [K]; absent means uniform
/// @param allowed which candidates may be played, shape [K]
public record ExplicitGame(double[][][] p, double[] weights, Optional<double[]> reference, boolean[] allowed) {

    // rounding of decimal fractions, and of float32 files
    private static final double SYMMETRY_TOLERANCE = 1e-6;

    /// A game, after checking that it is one.
    ///
    /// @param weights positive; empty means equal. They are normalised to sum to one
    /// @param reference probabilities, non-negative; empty means uniform. They are normalised
    /// @throws IllegalArgumentException saying what is wrong, with the value and its place
    public static ExplicitGame of(double[][][] p, double[] weights, double[] reference, boolean[] unsafe) {
        if (p.length == 0 || p[0].length == 0) {
            throw new IllegalArgumentException("P has no " + (p.length == 0 ? "stakeholder" : "candidate")
                    + "; it must have shape [S][K][K] with S >= 1 and K >= 1");
        }
        int k = p[0].length;
        var checked = new double[p.length][][];
        for (int s = 0; s < p.length; s++) {
            checked[s] = preferences(p[s], s, k);
        }
        var allowed = new boolean[k];
        Arrays.fill(allowed, true);
        if (unsafe.length != 0 && unsafe.length != k) {
            throw new IllegalArgumentException("unsafe has " + unsafe.length + " entries; P has " + k + " candidates");
        }
        for (int i = 0; i < unsafe.length; i++) {
            allowed[i] = !unsafe[i];
        }
        return new ExplicitGame(checked, weights(weights, p.length), reference(reference, k), allowed);
    }

    /// How many stakeholders play.
    public int stakeholders() {
        return p.length;
    }

    /// How many candidates there are.
    public int candidates() {
        return p[0].length;
    }

    private static double[][] preferences(double[][] p, int s, int k) {
        if (p.length != k) {
            throw new IllegalArgumentException("P[" + s + "] has " + p.length + " rows, P[0] has " + k
                    + "; all stakeholders judge the same candidates");
        }
        for (int i = 0; i < k; i++) {
            if (p[i].length != k) {
                throw new IllegalArgumentException("P[" + s + "][" + i + "] has " + p[i].length
                        + " entries; a square matrix of " + k + " is needed");
            }
            for (int j = 0; j < k; j++) {
                if (!(p[i][j] >= 0 && p[i][j] <= 1)) {
                    throw new IllegalArgumentException(
                            "P[" + s + "][" + i + "][" + j + "] is " + p[i][j] + "; a probability lies in [0, 1]");
                }
            }
        }
        var exact = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double sum = p[i][j] + p[j][i];
                if (Math.abs(sum - 1) > SYMMETRY_TOLERANCE) {
                    throw new IllegalArgumentException("P[" + s + "][" + i + "][" + j + "] + P[" + s + "][" + j + "]["
                            + i + "] is " + sum + "; P + P^T must be 1 (diagonal 0.5)");
                }
            }
            exact[i][i] = 0.5;
            for (int j = 0; j < i; j++) {
                // the stored lower triangle decides, so that exact input stays exact
                exact[i][j] = p[i][j] + p[j][i] == 1 ? p[i][j] : 0.5 + (p[i][j] - p[j][i]) / 2;
                exact[j][i] = p[i][j] + p[j][i] == 1 ? p[j][i] : 1 - exact[i][j];
            }
        }
        return exact;
    }

    private static double[] weights(double[] weights, int s) {
        var result = new double[s];
        if (weights.length == 0) {
            Arrays.fill(result, 1.0 / s);
            return result;
        }
        if (weights.length != s) {
            throw new IllegalArgumentException(
                    "weights has " + weights.length + " entries; P has " + s + " stakeholders");
        }
        double sum = 0;
        for (int i = 0; i < s; i++) {
            if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "weights[" + i + "] is " + weights[i] + "; weights are >= 0 and finite");
            }
            sum += weights[i];
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("weights sum to " + sum + "; at least one must be > 0");
        }
        for (int i = 0; i < s; i++) {
            result[i] = weights[i] / sum;
        }
        return result;
    }

    private static Optional<double[]> reference(double[] reference, int k) {
        if (reference.length == 0) {
            return Optional.empty();
        }
        if (reference.length != k) {
            throw new IllegalArgumentException("ref has " + reference.length + " entries; P has " + k + " candidates");
        }
        double sum = 0;
        for (int i = 0; i < k; i++) {
            if (!(reference[i] > 0 && reference[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("ref[" + i + "] is " + reference[i]
                        + "; the reference gives every candidate a probability > 0");
            }
            sum += reference[i];
        }
        var log = new double[k];
        for (int i = 0; i < k; i++) {
            log[i] = Math.log(reference[i] / sum);
        }
        return Optional.of(log);
    }
}
