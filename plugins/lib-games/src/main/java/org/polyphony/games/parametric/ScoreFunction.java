package org.polyphony.games.parametric;

import java.util.random.RandomGenerator;

/// f_θ, which gives a candidate a score in nats from its D features. Stateless.
public sealed interface ScoreFunction permits LinearScore, PerceptronScore {

    /// D.
    int features();

    /// The length of θ.
    int parameters();

    /// θ at the start; f is 0 everywhere, so the policy starts at the reference.
    double[] initial(RandomGenerator random);

    /// f of each candidate.
    ///
    /// @param theta θ
    /// @param phi features, shape (K, D)
    /// @return shape (K)
    double[] scores(double[] theta, double[] phi);

    /// Adds Σ_i slope_i ∂f(φ_i)/∂θ to `gradient`.
    ///
    /// @param slopes shape (K)
    /// @param gradient shape of θ
    void addGradient(double[] theta, double[] phi, double[] slopes, double[] gradient);
}
