package org.polyphony.games.parametric;

import java.util.random.RandomGenerator;

/// f = θ·φ, the log-linear policy; the loss is then least squares.
///
/// @param features D
public record LinearScore(int features) implements ScoreFunction {

    /// Refuses a policy without features.
    public LinearScore {
        if (features < 1) {
            throw new IllegalArgumentException("features is " + features + "; it must be at least 1");
        }
    }

    @Override
    public int parameters() {
        return features;
    }

    @Override
    public double[] initial(RandomGenerator random) {
        return new double[features];
    }

    @Override
    public double[] scores(double[] theta, double[] phi) {
        var scores = new double[phi.length / features];
        for (int i = 0; i < scores.length; i++) {
            double sum = 0;
            for (int d = 0; d < features; d++) {
                sum += theta[d] * phi[i * features + d];
            }
            scores[i] = sum;
        }
        return scores;
    }

    @Override
    public void addGradient(double[] theta, double[] phi, double[] slopes, double[] gradient) {
        for (int i = 0; i < slopes.length; i++) {
            for (int d = 0; d < features; d++) {
                gradient[d] += slopes[i] * phi[i * features + d];
            }
        }
    }
}
