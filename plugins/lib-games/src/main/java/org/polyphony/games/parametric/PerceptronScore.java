package org.polyphony.games.parametric;

import java.util.random.RandomGenerator;

/// f = √(D/H) v·tanh(W φ + b), one hidden layer; θ = (W, b, v). An output bias would cancel in the policy.
///
/// The factor makes a change of θ of a given length move f about as far as it does in a linear policy (the neural
/// tangent
/// kernel, Jacot et al. 2018, has the size of D in both), so that l2 means the same for both.
///
/// @param features D
/// @param hidden H, the hidden units
public record PerceptronScore(int features, int hidden) implements ScoreFunction {

    /// Refuses a policy without features or units.
    public PerceptronScore {
        if (features < 1 || hidden < 1) {
            throw new IllegalArgumentException(
                    "features is " + features + ", hidden is " + hidden + "; both must be at least 1");
        }
    }

    @Override
    public int parameters() {
        return hidden * (features + 2);
    }

    /// W is normal with variance 1/D, so that units start unsaturated and unlike each other; b and v are 0.
    @Override
    public double[] initial(RandomGenerator random) {
        var theta = new double[parameters()];
        double scale = 1 / Math.sqrt(features);
        for (int n = 0; n < hidden * features; n++) {
            theta[n] = scale * random.nextGaussian();
        }
        return theta;
    }

    @Override
    public double[] scores(double[] theta, double[] phi) {
        var scores = new double[phi.length / features];
        for (int i = 0; i < scores.length; i++) {
            double sum = 0;
            for (int h = 0; h < hidden; h++) {
                sum += output(theta, h) * unit(theta, phi, i, h);
            }
            scores[i] = scale() * sum;
        }
        return scores;
    }

    @Override
    public void addGradient(double[] theta, double[] phi, double[] slopes, double[] gradient) {
        int bias = hidden * features;
        int out = bias + hidden;
        for (int i = 0; i < slopes.length; i++) {
            for (int h = 0; h < hidden; h++) {
                double unit = unit(theta, phi, i, h);
                double slope = scale() * slopes[i];
                gradient[out + h] += slope * unit;
                double inner = slope * output(theta, h) * (1 - unit * unit);
                gradient[bias + h] += inner;
                for (int d = 0; d < features; d++) {
                    gradient[h * features + d] += inner * phi[i * features + d];
                }
            }
        }
    }

    private double scale() {
        return Math.sqrt((double) features / hidden);
    }

    private double output(double[] theta, int h) {
        return theta[hidden * (features + 1) + h];
    }

    private double unit(double[] theta, double[] phi, int i, int h) {
        double sum = theta[hidden * features + h];
        for (int d = 0; d < features; d++) {
            sum += theta[h * features + d] * phi[i * features + d];
        }
        return Math.tanh(sum);
    }
}
