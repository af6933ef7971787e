package org.polyphony.support;

import java.util.Arrays;

/// Distributions over the candidates of a game: probabilities that sum to one, zero for who may not be played.
public final class Simplex {

    private Simplex() {}

    /// Every one of these candidates equally often.
    ///
    /// @param k how many candidates there are in all
    /// @param allowed at least one of them
    public static double[] uniform(int k, int... allowed) {
        return softmax(new double[k], allowed);
    }

    /// Each of these candidates in proportion to the exponential of its score.
    ///
    /// @param scores of all candidates; finite for those allowed
    /// @param allowed at least one of them
    public static double[] softmax(double[] scores, int... allowed) {
        double largest =
                Arrays.stream(allowed).mapToDouble(i -> scores[i]).max().orElseThrow();
        var shares = new double[scores.length];
        for (int i : allowed) {
            shares[i] = Math.exp(scores[i] - largest);
        }
        return normalised(shares);
    }

    /// These shares, none negative, divided by their sum; equal ones where the sum is zero.
    public static double[] normalised(double[] shares) {
        double sum = Arrays.stream(shares).sum();
        var result = new double[shares.length];
        for (int i = 0; i < shares.length; i++) {
            result[i] = sum > 0 ? shares[i] / sum : 1.0 / shares.length;
        }
        return result;
    }
}
