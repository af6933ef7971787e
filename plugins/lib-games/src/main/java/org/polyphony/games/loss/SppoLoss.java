package org.polyphony.games.loss;

/// Half the sum over both responses of (log π − log π_t − s (rate − 1/2))², which pulls each response by
/// itself.
///
/// @param step s
/// @param rate what stands for a response's win rate
public record SppoLoss(double step, Rate rate) implements PairLoss {

    /// What stands for a response's win rate.
    public enum Rate {
        /// P(response beats a draw of the last policy).
        AGAINST_LAST_POLICY,
        /// P(response beats the other of its pair).
        AGAINST_EACH_OTHER
    }

    public SppoLoss {
        LossInputs.positive(step, "step");
    }

    @Override
    public PairLosses evaluate(PairBatch batch) {
        var last = LossInputs.last(batch, "SPPO");
        var rates = rates(batch);
        int size = batch.size();
        var values = new double[size];
        var gradient = PairValues.zeros(size);
        var reward = PairValues.zeros(size);
        for (int n = 0; n < size; n++) {
            double chosen = batch.policy().chosen()[n] - last.chosen()[n];
            double rejected = batch.policy().rejected()[n] - last.rejected()[n];
            double offChosen = chosen - step * (rates.chosen()[n] - 0.5);
            double offRejected = rejected - step * (rates.rejected()[n] - 0.5);
            values[n] = (offChosen * offChosen + offRejected * offRejected) / 2;
            gradient.chosen()[n] = offChosen;
            gradient.rejected()[n] = offRejected;
            reward.chosen()[n] = chosen / step;
            reward.rejected()[n] = rejected / step;
        }
        return new PairLosses(values, gradient, reward);
    }

    private PairValues rates(PairBatch batch) {
        return switch (rate) {
            case AGAINST_LAST_POLICY -> LossInputs.winRate(batch, "SPPO");
            case AGAINST_EACH_OTHER -> {
                double[] win = LossInputs.winProbability(batch, "SPPO on single pairs");
                var rates = new PairValues(win, new double[win.length]);
                for (int n = 0; n < win.length; n++) {
                    rates.rejected()[n] = 1 - win[n];
                }
                yield rates;
            }
        };
    }
}
