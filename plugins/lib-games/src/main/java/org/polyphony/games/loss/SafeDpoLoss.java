package org.polyphony.games.loss;

import java.util.List;
import java.util.stream.IntStream;

/// −log σ(β h − (u_r − u_c) Δ) with u = 1 for an unsafe response (SafeDPO, arXiv 2505.20065, eq. 12): DPO
/// that asks for Δ logits more where only the chosen response is safe. Δ changes how fast unsafe responses
/// lose, not the optimum.
///
/// @param beta β
/// @param margin Δ ≥ 0
public record SafeDpoLoss(double beta, double margin) implements PairLoss {

    /// What happens to a pair before training.
    public enum Fate {
        /// Its chosen response is safe.
        KEEP,
        /// Only its rejected response is safe: it becomes the chosen one.
        SWAP,
        /// Neither is safe: nothing is to be learnt from which is worse.
        DROP
    }

    public SafeDpoLoss {
        LossInputs.positive(beta, "beta");
        if (!(margin >= 0) || Double.isInfinite(margin)) {
            throw new IllegalArgumentException("margin is " + margin + "; it must be finite and not negative");
        }
    }

    /// What becomes of every pair of `batch`.
    public static List<Fate> fates(PairBatch batch) {
        var unsafe = LossInputs.unsafe(batch, "SafeDPO");
        return IntStream.range(0, batch.size())
                .mapToObj(n -> !unsafe.chosen()[n] ? Fate.KEEP : !unsafe.rejected()[n] ? Fate.SWAP : Fate.DROP)
                .toList();
    }

    /// The pairs that are left, in their order, each with a safe chosen response.
    public static PairBatch transform(PairBatch batch) {
        var fates = fates(batch);
        int[] kept = IntStream.range(0, batch.size())
                .filter(n -> fates.get(n) != Fate.DROP)
                .toArray();
        var swap = new boolean[kept.length];
        for (int n = 0; n < kept.length; n++) {
            swap[n] = fates.get(kept[n]) == Fate.SWAP;
        }
        return batch.arranged(kept, swap);
    }

    @Override
    public PairLosses evaluate(PairBatch batch) {
        var unsafe = LossInputs.unsafe(batch, "SafeDPO");
        for (int n = 0; n < batch.size(); n++) {
            if (unsafe.chosen()[n]) {
                throw new IllegalArgumentException("the chosen response of pair " + n
                        + " is unsafe; a batch goes through SafeDpoLoss.transform before it is trained on");
            }
        }
        return MarginLoss.evaluate(batch.policy(), LossInputs.reference(batch, "SafeDPO"), beta, (n, h) -> {
            double x = beta * h - (unsafe.rejected()[n] ? margin : 0);
            return new MarginLoss.Point(LossInputs.softplus(-x), -beta * LossInputs.sigmoid(-x));
        });
    }
}
