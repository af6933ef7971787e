package org.polyphony.plugin.profile.linear;

import java.util.Arrays;

/// Variances of what everybody has in common.
///
/// @param features of a weight, by encoder
/// @param residual of what features do not explain of a candidate
/// @param rounds in how many rounds they were estimated; 0 where they were given
record Variances(double[] features, double residual, int rounds) {

    /// Where their estimation starts: weights of 1 and residuals of half a logit.
    static Variances start(int blocks) {
        double[] features = new double[blocks];
        Arrays.fill(features, 1);
        return new Variances(features, 0.25, 0);
    }
}
