package org.polyphony.games.loss;

/// −σ(d) log σ(h/s) − σ(−d) log σ(−h/s), h the log-ratio margin against the last policy and d the difference
/// of the win rates. Its minimum is h = s d, so s is a step and 1/s what the paper calls η.
///
/// @param step s
public record DnoLoss(double step) implements PairLoss {

    public DnoLoss {
        Inputs.positive(step, "step");
    }

    @Override
    public PairLosses evaluate(PairBatch batch) {
        var rates = Inputs.winRate(batch, "DNO");
        return MarginLoss.evaluate(batch.policy(), Inputs.last(batch, "DNO"), 1 / step, (n, h) -> {
            double label = Inputs.sigmoid(rates.difference(n));
            double other = Inputs.sigmoid(-rates.difference(n));
            double x = h / step;
            double value = label * Inputs.softplus(-x) + other * Inputs.softplus(x);
            return new MarginLoss.Point(value, (other * Inputs.sigmoid(x) - label * Inputs.sigmoid(-x)) / step);
        });
    }
}
