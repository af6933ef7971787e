package org.polyphony.spi.alignment;

import org.polyphony.spi.tensor.Tensor;

/// What the verifier found, with respect to the preferences as estimated and the candidates that were
/// allowed. Values of refused games are NaN.
///
/// @param gap FLOAT64, shape (B): population: the duality gap 2 max(Aπ); stakeholder: the sum of nashConv;
///     consensus, maxmin, group-robust: value minus the bound the duals prove; leximin: the largest such
///     difference of any level, over the share of the duals that decides by it; bargaining: the Frank-Wolfe
///     gap of the summed log surpluses or, where the reference is deployed, what everybody could gain at
///     most
/// @param gapTau FLOAT64, shape (B): the same of the regularised game at the solution's tau; equals gap
///     where tau is 0
/// @param equilibrium what each stakeholder's own policy leaves to gain
/// @param deployment what the deployed policy means to each stakeholder
/// @param accepted UINT8, shape (B): 1 where the policy is one, respects the mask, and meets the tolerance
public record CertificateBucket(
        Tensor gap, Tensor gapTau, Equilibrium equilibrium, Deployment deployment, Tensor accepted) {

    /// How far the stakeholders' own policies are from an equilibrium.
    ///
    /// @param nashConv FLOAT64, shape (B, S): what each stakeholder could gain by changing its own policy
    ///     alone, at tau
    /// @param delta FLOAT64, shape (B): largest entry of |P_s − P_r|; the equilibrium is proved unique where
    ///     tau > delta/2
    /// @param uniqueGuaranteed UINT8, shape (B)
    public record Equilibrium(Tensor nashConv, Tensor delta, Tensor uniqueGuaranteed) {}

    /// What the deployed policy means to each stakeholder.
    ///
    /// @param unilateralGain FLOAT64, shape (B, S): max over i of (A_s π)_i of the deployed policy
    /// @param utility FLOAT64, shape (B, S): probability that stakeholder s prefers a draw of the deployed
    ///     policy to a uniform draw of the allowed candidates
    public record Deployment(Tensor unilateralGain, Tensor utility) {}
}
