package org.polyphony.games.loss;

/// max(0, 1 − β h) with h the log-ratio margin against the anchor (SLiC).
///
/// @param beta β
/// @param anchor what the log-ratios are taken against
public record HingeLoss(double beta, Anchor anchor) implements PairLoss {

    public HingeLoss {
        LossInputs.positive(beta, "beta");
    }

    @Override
    public PairLosses evaluate(PairBatch batch) {
        return MarginLoss.evaluate(batch.policy(), anchor.of(batch, "the hinge loss"), beta, (_, h) -> {
            double value = 1 - beta * h;
            return value > 0 ? new MarginLoss.Point(value, -beta) : new MarginLoss.Point(0, 0);
        });
    }
}
