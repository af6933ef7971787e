package org.polyphony.spi.alignment;

import org.polyphony.spi.tensor.Tensor;

/// What the verifier found of one answer: a view of a [CertificateBucket], which says what each figure is.
/// Figures of a refused game are NaN.
public final class CertificateRow {

    private final CertificateBucket bucket;
    private final int row;

    private CertificateRow(CertificateBucket bucket, int row) {
        this.bucket = bucket;
        this.row = row;
    }

    /// Certificate `n` of these, counted through all buckets.
    static CertificateRow of(CertifiedSolution solution, int n) {
        return Views.find(
                solution.certificates(), bucket -> bucket.gap().dimension(0), n, "certificates", CertificateRow::new);
    }

    /// What is left to gain in the game as it is.
    public double gap() {
        return bucket.gap().getDouble(row);
    }

    /// The same in the regularised game, at the solution's tau.
    public double gapTau() {
        return bucket.gapTau().getDouble(row);
    }

    /// What each stakeholder could gain by changing its own policy alone, shape (S).
    public Tensor nashConv() {
        return Views.row(bucket.equilibrium().nashConv(), row);
    }

    /// What each stakeholder gains at most by another candidate than the deployed policy draws, shape (S).
    public Tensor unilateralGain() {
        return Views.row(bucket.deployment().unilateralGain(), row);
    }

    /// How likely each stakeholder prefers a draw of the policy to a uniform draw, shape (S).
    public Tensor utility() {
        return Views.row(bucket.deployment().utility(), row);
    }

    /// The largest entry of |P_s − P_r|.
    public double delta() {
        return bucket.equilibrium().delta().getDouble(row);
    }

    /// Whether the equilibrium is proved unique.
    public boolean uniqueGuaranteed() {
        return bucket.equilibrium().uniqueGuaranteed().getByte(row) == 1;
    }

    /// Whether the policy is one, respects the mask, and meets the tolerance.
    public boolean accepted() {
        return bucket.accepted().getByte(row) == 1;
    }
}
