package org.polyphony.games.loss;

/// −σ(d) log σ(h/s) − σ(−d) log σ(−h/s), h the log-ratio margin against the last policy and d the difference
/// of the win rates. Its minimum is h = s d, so s is a step and 1/s what the paper calls η.
///
/// @param step s
public record DnoLoss(double step) implements PairLoss {

    public DnoLoss {
        LossInputs.positive(step, "step");
    }

    @Override
    public PairLosses evaluate(PairBatch batch) {
        var rates = LossInputs.winRate(batch, "DNO");
        return MarginLoss.evaluate(batch.policy(), LossInputs.last(batch, "DNO"), 1 / step, (n, h) -> {
            double label = LossInputs.sigmoid(rates.difference(n));
            double other = LossInputs.sigmoid(-rates.difference(n));
            double x = h / step;
            double value = label * LossInputs.softplus(-x) + other * LossInputs.softplus(x);
            return new MarginLoss.Point(value, (other * LossInputs.sigmoid(x) - label * LossInputs.sigmoid(-x)) / step);
        });
    }
}
