package org.polyphony.games.loss;

/// −(1 − ε) log σ(β h) − ε log σ(−β h) with h the log-ratio margin against the anchor: DPO and its iterative
/// form.
///
/// @param beta β
/// @param anchor what the log-ratios are taken against
/// @param labelSmoothing ε, the probability that a label is wrong, in [0, 1/2)
public record LogisticLoss(double beta, Anchor anchor, double labelSmoothing) implements PairLoss {

    public LogisticLoss {
        LossInputs.positive(beta, "beta");
        if (!(labelSmoothing >= 0 && labelSmoothing < 0.5)) {
            throw new IllegalArgumentException(
                    "labelSmoothing is " + labelSmoothing + "; it must be at least 0 and less than 1/2");
        }
    }

    @Override
    public PairLosses evaluate(PairBatch batch) {
        return MarginLoss.evaluate(batch.policy(), anchor.of(batch, "DPO"), beta, (n, h) -> {
            double x = beta * h;
            double wrong = LossInputs.sigmoid(x) * labelSmoothing - LossInputs.sigmoid(-x) * (1 - labelSmoothing);
            double value = (1 - labelSmoothing) * LossInputs.softplus(-x) + labelSmoothing * LossInputs.softplus(x);
            return new MarginLoss.Point(value, beta * wrong);
        });
    }
}
