package org.polyphony.games.loss;

import java.util.Arrays;

/// A pair loss in which every group counts by a weight α_g that grows with its loss: Σ_g α_g l_g, l_g the
/// mean of the base loss over the group's pairs of the batch (group-robust preference optimisation, arXiv
/// 2405.20304; called GRPO there, which is not group *relative* policy optimisation).
///
/// The loss of a pair is scaled by N α_g / n_g, so that the mean over the batch is that sum. The weights are
/// data here: no gradient runs through them.
///
/// @param base a loss per pair, DPO or IPO in the paper
/// @param weights α, positive, summing to one, shape (groups)
public record GroupRobustLoss(PairLoss base, double[] weights) implements PairLoss {

    static GroupRobustLoss of(PairLoss base, int groups) {
        if (groups < 1) {
            throw new IllegalArgumentException(groups + " groups; there must be at least one");
        }
        var uniform = new double[groups];
        Arrays.fill(uniform, 1.0 / groups);
        return new GroupRobustLoss(base, uniform);
    }

    @Override
    public PairLosses evaluate(PairBatch batch) {
        int[] groups = groups(batch);
        int[] counts = counts(groups);
        var losses = base.evaluate(batch);
        for (int n = 0; n < batch.size(); n++) {
            double factor = batch.size() * weights[groups[n]] / counts[groups[n]];
            losses.loss()[n] *= factor;
            losses.gradient().chosen()[n] *= factor;
            losses.gradient().rejected()[n] *= factor;
        }
        return losses;
    }

    /// l_g, the mean base loss of every group; 0 for a group without a pair in the batch.
    public double[] groupLosses(PairBatch batch) {
        int[] groups = groups(batch);
        int[] counts = counts(groups);
        double[] loss = base.evaluate(batch).loss();
        var means = new double[weights.length];
        for (int n = 0; n < loss.length; n++) {
            means[groups[n]] += loss[n] / counts[groups[n]];
        }
        return means;
    }

    /// One step of exponentiated gradient on the weights, α_g exp(rate l_g) normalised.
    ///
    /// @param rate how fast weights follow losses, 0.01 in the authors' configuration
    public GroupRobustLoss updated(PairBatch batch, double rate) {
        double[] losses = groupLosses(batch);
        var moved = new double[weights.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int g = 0; g < moved.length; g++) {
            moved[g] = Math.log(weights[g]) + rate * losses[g];
            largest = Math.max(largest, moved[g]);
        }
        double sum = 0;
        for (int g = 0; g < moved.length; g++) {
            moved[g] = Math.exp(moved[g] - largest);
            sum += moved[g];
        }
        for (int g = 0; g < moved.length; g++) {
            moved[g] /= sum;
        }
        return new GroupRobustLoss(base, moved);
    }

    private int[] groups(PairBatch batch) {
        int[] groups = LossInputs.groups(batch, "a group-robust loss");
        for (int n = 0; n < groups.length; n++) {
            if (groups[n] < 0 || groups[n] >= weights.length) {
                throw new IllegalArgumentException(
                        "pair " + n + " is of group " + groups[n] + "; there are " + weights.length);
            }
        }
        return groups;
    }

    private int[] counts(int[] groups) {
        var counts = new int[weights.length];
        for (int group : groups) {
            counts[group]++;
        }
        return counts;
    }
}
