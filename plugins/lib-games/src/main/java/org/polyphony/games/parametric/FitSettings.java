package org.polyphony.games.parametric;

/// How a policy is fitted.
///
/// @param weighting the form of the tensor loss
/// @param step what multiplies the preference in one mirror-descent step; at most τ/(τ² + 1/8) is taken,
///     half of the
///     limit within which the step is stable for every P (ALGORITHMS 3)
/// @param tau KL weight of the regularised sub-games, > 0
/// @param l2 weight of |θ − θ'|², θ' the parameters at the start of the round, added to the mean loss; above 0
///     for a linear policy on features that repeat each other
/// @param rounds after how many rounds the fit gives up
/// @param inner mirror-descent steps in a round
/// @param epochs passes over the games for one step, where it is not solved exactly
/// @param batchSize games in a minibatch; 0 takes all, and solves a linear policy exactly
/// @param learningRate of Adam
/// @param heldOut share of the items that is not fitted, and on which the gap is watched; 0 watches the
///     fitted ones
/// @param patience rounds in which the watched gap did not fall by .001, after which the fit has converged
public record FitSettings(
        PairWeighting weighting,
        double step,
        double tau,
        double l2,
        int rounds,
        int inner,
        int epochs,
        int batchSize,
        double learningRate,
        double heldOut,
        int patience) {

    /// Refuses what no fit could work with.
    public FitSettings {
        require(step > 0 && Double.isFinite(step), "step must be positive", step);
        require(tau > 0 && Double.isFinite(tau), "tau must be positive", tau);
        require(l2 >= 0 && Double.isFinite(l2), "l2 must not be negative", l2);
        require(rounds >= 1, "rounds must be at least 1", rounds);
        require(inner >= 1, "inner must be at least 1", inner);
        require(epochs >= 1, "epochs must be at least 1", epochs);
        require(batchSize >= 0, "batch-size must not be negative", batchSize);
        require(learningRate > 0 && Double.isFinite(learningRate), "learning-rate must be positive", learningRate);
        require(heldOut >= 0 && heldOut <= 0.5, "held-out must be between 0 and 0.5", heldOut);
        require(patience >= 1, "patience must be at least 1", patience);
    }

    private static void require(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(what + ", got " + value);
        }
    }
}
