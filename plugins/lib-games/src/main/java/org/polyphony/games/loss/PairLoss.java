package org.polyphony.games.loss;

/// A loss on judged pairs of responses. Immutable; the parameters mean the same everywhere, see the package.
///
/// Below, c and r are the chosen and the rejected response, h the difference g_c − g_r of their log-ratios
/// g = log π − anchor, and s the step.
public interface PairLoss {

    /// Loss, gradient and implicit reward of every pair.
    ///
    /// @throws IllegalArgumentException if the batch lacks what this loss needs, saying what
    PairLosses evaluate(PairBatch batch);

    /// −log σ(β h) against the reference (arXiv 2305.18290).
    static PairLoss dpo(double beta) {
        return new LogisticLoss(beta, Anchor.REFERENCE, 0);
    }

    /// As [#dpo] against the last policy: iterative DPO, and DNO as it is run in practice, on hard pairs.
    static PairLoss iterativeDpo(double beta) {
        return new LogisticLoss(beta, Anchor.LAST, 0);
    }

    /// (h − 1/(2τ))² against the reference (arXiv 2310.12036). Not divided by the length of the responses.
    static PairLoss ipo(double tau) {
        return MarginRegression.ipo(tau);
    }

    /// (h − s/2)² against the last policy.
    static PairLoss iterativeIpo(double step) {
        return MarginRegression.of(step, 0);
    }

    /// (h − s/2)² with the anchor s τ log μ + (1 − s τ) log π_t: INPO (arXiv 2407.00617), and COMAL
    /// (arXiv 2410.23223) where μ moves.
    static PairLoss inpo(double step, double tau) {
        return MarginRegression.of(step, tau);
    }

    /// As [#inpo] with a weighted mean over earlier policies for log π_t: TD-MNPO (arXiv 2509.23102).
    ///
    /// @param historyWeights of [PairBatch#history], the last policy first; divided by their sum
    static PairLoss mnpo(double step, double tau, double... historyWeights) {
        return MarginRegression.of(step, tau).withHistoryWeights(historyWeights);
    }

    /// Half the sum over both responses of (g − s (win rate − 1/2))² against the last policy (SPPO,
    /// arXiv 2405.00675).
    static PairLoss sppo(double step) {
        return new SppoLoss(step, SppoLoss.Rate.AGAINST_LAST_POLICY);
    }

    /// Cross-entropy of σ(h/s) to σ(win rate of c − win rate of r) against the last policy (DNO,
    /// arXiv 2404.03715).
    static PairLoss dno(double step) {
        return new DnoLoss(step);
    }

    /// −log σ(β h − Δ) where only the chosen response is safe, DPO elsewhere. Batches must have gone through
    /// [SafeDpoLoss#transform].
    static SafeDpoLoss safeDpo(double beta, double margin) {
        return new SafeDpoLoss(beta, margin);
    }

    /// `base`, every pair weighted by what its group counts for (arXiv 2405.20304).
    static GroupRobustLoss groupRobust(PairLoss base, int groups) {
        return GroupRobustLoss.of(base, groups);
    }
}
