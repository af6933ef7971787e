package org.polyphony.games.selfplay;

/// Optimistic multiplicative weights, as ONPO (2502.16852) has it on populations: with hats for the anchor,
/// hat⁺ = N(hat + s w) and lp⁺ = N(hat⁺ + s w), which is lp⁺ = N(lp + 2 s w − s w⁻) with w⁻ the payoffs of
/// the update before, zero at the first.
///
/// Aims at the unregularised game, and its last policy gets there where the equilibrium is unique and the
/// step is small: s < 1.6 is locally stable whatever the preferences, s < 2 for rock, paper, scissors. The
/// indexing in the paper is unconfirmed.
///
/// @param step s, > 0
public record Onpo(double step) implements SelfPlayRule {

    /// Validates the step.
    public Onpo {
        UpdateSteps.require(step);
    }

    @Override
    public double tau() {
        return 0;
    }

    @Override
    public void advance(Iterate iterate) {
        double[] logPolicy = iterate.logPolicy();
        double[] payoffs = iterate.payoffs();
        double[] before = iterate.memory();
        double[] next = iterate.scratch();
        for (int i = 0; i < next.length; i++) {
            next[i] = logPolicy[i] + step * (2 * payoffs[i] - before[i]);
            before[i] = payoffs[i];
        }
        iterate.become(next);
    }
}
