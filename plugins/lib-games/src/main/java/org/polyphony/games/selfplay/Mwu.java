package org.polyphony.games.selfplay;

/// Multiplicative weights: lp⁺ = N(lp + s w). On populations this *is* SPPO (2405.00675), iterative and
/// online IPO with the last policy as reference (2310.12036), SPO (2401.04056) and DNO (2404.03715).
///
/// Aims at the unregularised game. The average of its policies approaches an equilibrium, to a gap of the
/// order of the step; its last policy spirals outwards to the boundary wherever preferences are cyclic.
///
/// @param step s, > 0
public record Mwu(double step) implements SelfPlayRule {

    /// Validates the step.
    public Mwu {
        UpdateSteps.require(step);
    }

    @Override
    public double tau() {
        return 0;
    }

    @Override
    public void advance(Iterate iterate) {
        iterate.become(UpdateSteps.explicit(iterate, step, 0, iterate.payoffs()));
    }
}
