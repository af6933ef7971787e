package org.polyphony.games.selfplay;

/// Nash mirror descent (Munos et al. 2023) with a constant step: the opponent m is a geometric mixture of the
/// policy and the reference, log m = N((1 − ρ) lp + ρ lμ), and lp⁺ = N((1 − s τ) lp + s τ lμ + s A m).
///
/// With a constant step it converges to a point off the regularised equilibrium by the order of s;
/// [ScheduledNashMd] is the one with the guarantee.
///
/// @param step s, > 0
/// @param tau τ, > 0
/// @param mixture ρ, the reference's share in the opponent; s τ as published, s τ / 2 in the EGPO authors'
///     tabular code
public record NashMd(double step, double tau, double mixture) implements SelfPlayRule {

    /// Validates all three.
    public NashMd {
        UpdateSteps.require(step, tau);
        UpdateSteps.requireShare(mixture);
    }

    /// As published: ρ = s τ.
    ///
    /// @throws IllegalArgumentException if s τ is above 1
    public static NashMd of(double step, double tau) {
        if (step * tau > 1) {
            throw new IllegalArgumentException("step is " + step + " and tau " + tau
                    + "; of Nash-MD their product is a share of the reference and at most 1: lower the step");
        }
        return new NashMd(step, tau, step * tau);
    }

    @Override
    public void advance(Iterate iterate) {
        advance(iterate, step, tau, mixture);
    }

    static void advance(Iterate iterate, double step, double tau, double mixture) {
        double[] payoffs = iterate.payoffsAgainst(UpdateSteps.mixture(iterate, mixture));
        iterate.become(UpdateSteps.explicit(iterate, step, tau, payoffs));
    }
}
