package org.polyphony.games.kernel;

/// How far and how often to step; see [MirrorDescentKernel].
///
/// @param step multiplies the preference, > 0
/// @param tau KL weight τ towards the reference, ≥ 0; `step * tau` is at most 1
/// @param iterations updates of every game, ≥ 0
public record MirrorDescent(double step, double tau, int iterations) {

    /// Validates the three.
    public MirrorDescent {
        if (!(step > 0) || Double.isInfinite(step)) {
            throw new IllegalArgumentException("step is " + step + "; it must be positive and finite");
        }
        if (!(tau >= 0) || !(step * tau <= 1)) {
            throw new IllegalArgumentException("tau is " + tau + " and step * tau " + step * tau
                    + "; tau must not be negative and the product at most 1");
        }
        if (iterations < 0) {
            throw new IllegalArgumentException("iterations is " + iterations + "; it must not be negative");
        }
    }

    /// What an update keeps of the logits, 1 − step τ.
    double kept() {
        return 1 - step * tau;
    }
}
