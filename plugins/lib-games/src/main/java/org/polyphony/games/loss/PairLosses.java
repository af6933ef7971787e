package org.polyphony.games.loss;

/// A loss on N pairs. What is minimised is its mean.
///
/// @param loss of each pair, shape (N)
/// @param gradient of the pair's loss with respect to the log-probabilities of its responses under the policy
/// @param reward implied by the policy for each response, up to a constant per prompt: in units of preference
///     for losses that have a step, in logits for those that have a β
public record PairLosses(double[] loss, PairValues gradient, PairValues reward) {

    /// The mean, 0 over no pairs.
    public double mean() {
        double sum = 0;
        for (double value : loss) {
            sum += value;
        }
        return loss.length == 0 ? 0 : sum / loss.length;
    }
}
