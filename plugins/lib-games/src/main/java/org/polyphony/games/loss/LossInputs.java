package org.polyphony.games.loss;

/// What a loss takes from a batch, or a refusal that says what is missing; and the arithmetic that losses
/// share.
final class LossInputs {

    private LossInputs() {}

    static PairValues reference(PairBatch batch, String loss) {
        return batch.reference().orElseThrow(() -> missing(loss, "log-probabilities under the reference policy"));
    }

    static PairValues last(PairBatch batch, String loss) {
        if (batch.history().isEmpty()) {
            throw missing(loss, "log-probabilities under the last policy, first in the history");
        }
        return batch.history().getFirst();
    }

    static PairValues winRate(PairBatch batch, String loss) {
        return batch.winRate().orElseThrow(() -> missing(loss, "win rates against the last policy"));
    }

    static double[] winProbability(PairBatch batch, String loss) {
        return batch.winProbability().orElseThrow(() -> missing(loss, "win probabilities of the chosen responses"));
    }

    static UnsafeFlags unsafe(PairBatch batch, String loss) {
        return batch.unsafe().orElseThrow(() -> missing(loss, "safety labels"));
    }

    static int[] groups(PairBatch batch, String loss) {
        return batch.groups().orElseThrow(() -> missing(loss, "the group that judged each pair"));
    }

    static double positive(double value, String what) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " is " + value + "; it must be positive and finite");
        }
        return value;
    }

    /// log(1 + e^x) without overflow; −log σ(x) is softplus(−x).
    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    static double sigmoid(double x) {
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }

    private static IllegalArgumentException missing(String loss, String what) {
        return new IllegalArgumentException(loss + " needs " + what + ", which the batch does not have");
    }
}
