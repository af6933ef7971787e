package org.polyphony.games.loss;

/// A loss that depends on a pair through the margin h = g_c − g_r of its log-ratios alone.
@FunctionalInterface
interface MarginLoss {

    /// The loss of pair `n` at margin `h`, and its slope there.
    Point at(int n, double h);

    /// @param scale that turns a log-ratio into the implicit reward
    static PairLosses evaluate(PairValues policy, PairValues anchor, double scale, MarginLoss loss) {
        int size = policy.size();
        var values = new double[size];
        var gradient = PairValues.zeros(size);
        var reward = PairValues.zeros(size);
        for (int n = 0; n < size; n++) {
            var point = loss.at(n, policy.difference(n) - anchor.difference(n));
            values[n] = point.value();
            gradient.chosen()[n] = point.slope();
            gradient.rejected()[n] = -point.slope();
            reward.chosen()[n] = scale * (policy.chosen()[n] - anchor.chosen()[n]);
            reward.rejected()[n] = scale * (policy.rejected()[n] - anchor.rejected()[n]);
        }
        return new PairLosses(values, gradient, reward);
    }

    /// A value and the derivative there.
    record Point(double value, double slope) {}
}
