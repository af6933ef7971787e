package org.polyphony.games.loss;

import java.util.Optional;

/// (h − target)² with the anchor ρ log μ + (1 − ρ) Σ_j λ_j log π_{t−j}: IPO, iterative IPO, INPO, COMAL and
/// TD-MNPO.
///
/// @param step s
/// @param pull ρ = s τ in [0, 1], the share of the reference in the anchor
/// @param historyWeights λ, summing to one; empty where only the last policy counts
/// @param target what margin is asked for
public record MarginRegression(double step, double pull, Optional<double[]> historyWeights, Target target)
        implements PairLoss {

    private static final double ROUNDING = 1e-12;

    /// The margin that a pair asks for.
    public enum Target {
        /// s/2, whatever the strength of the preference: what is left of a win probability in one drawn
        /// label.
        HARD,
        /// s (P − 1/2) with the win probability P of the pair. Has the same expected gradient as hard labels,
        /// without their noise.
        SOFT
    }

    public MarginRegression {
        LossInputs.positive(step, "step");
        if (!(pull >= 0 && pull <= 1 + ROUNDING)) {
            throw new IllegalArgumentException("step times tau is " + pull
                    + "; it is the share of the reference in the anchor and must be between 0 and 1");
        }
        pull = Math.min(pull, 1);
    }

    static MarginRegression ipo(double tau) {
        return new MarginRegression(1 / LossInputs.positive(tau, "tau"), 1, Optional.empty(), Target.HARD);
    }

    static MarginRegression of(double step, double tau) {
        return new MarginRegression(step, step * tau, Optional.empty(), Target.HARD);
    }

    /// The same with these weights of the earlier policies, the last one first; they are divided by their
    /// sum.
    public MarginRegression withHistoryWeights(double... weights) {
        double sum = 0;
        for (double weight : weights) {
            if (!(weight >= 0)) {
                throw new IllegalArgumentException("a history weight is " + weight + "; none may be negative");
            }
            sum += weight;
        }
        LossInputs.positive(sum, "the sum of the history weights");
        var shares = new double[weights.length];
        for (int j = 0; j < weights.length; j++) {
            shares[j] = weights[j] / sum;
        }
        return new MarginRegression(step, pull, Optional.of(shares), target);
    }

    /// The same with another target.
    public MarginRegression withTarget(Target other) {
        return new MarginRegression(step, pull, historyWeights, other);
    }

    @Override
    public PairLosses evaluate(PairBatch batch) {
        double[] win =
                target == Target.SOFT ? LossInputs.winProbability(batch, "soft-label regression") : new double[0];
        return MarginLoss.evaluate(batch.policy(), anchor(batch), 1 / step, (n, h) -> {
            double residual = h - (target == Target.SOFT ? step * (win[n] - 0.5) : step / 2);
            return new MarginLoss.Point(residual * residual, 2 * residual);
        });
    }

    private PairValues anchor(PairBatch batch) {
        var anchor = PairValues.zeros(batch.size());
        if (pull > 0) {
            add(anchor, pull, LossInputs.reference(batch, "a regression with tau > 0"));
        }
        if (pull < 1) {
            double[] shares = historyWeights.orElseGet(() -> new double[] {1});
            LossInputs.last(batch, "a regression with step * tau < 1");
            if (historyWeights.isPresent() && shares.length != batch.history().size()) {
                throw new IllegalArgumentException(shares.length + " history weights for "
                        + batch.history().size() + " earlier policies; give one each");
            }
            for (int j = 0; j < shares.length; j++) {
                add(anchor, (1 - pull) * shares[j], batch.history().get(j));
            }
        }
        return anchor;
    }

    private static void add(PairValues sum, double factor, PairValues values) {
        for (int n = 0; n < sum.size(); n++) {
            sum.chosen()[n] += factor * values.chosen()[n];
            sum.rejected()[n] += factor * values.rejected()[n];
        }
    }
}
