package org.polyphony.games.selfplay;

/// COMAL (2410.23223): convergent meta-alignment. Runs a rule that pulls towards a reference policy, and
/// every now and then moves the reference to where the policy is. Each stretch solves one regularised game;
/// the chain of their equilibria walks to an equilibrium of the game itself, the last policy and not only the
/// average.
///
/// **When to move.** After `innerSteps` updates, or by a stop rule: once the policy is close to the regularised
/// equilibrium, gap_τ ≤ 0.1 gap, and at least 5 updates were made. A stretch must get somewhere: as a rule of thumb
/// innerSteps · s · τ of 0.6 or more works and 0.2 circles. Around [Inpo] with one inner update the pull cancels, and
/// COMAL is [Mwu]. gap_τ is of second order in the gap: below a gap of about τ the stop rule is always content and only
/// its 5 updates are left, which is enough for the long steps of [NashMp] and [Egpo], and too few for [Inpo] and [Mmd]
/// at theirs.
///
/// @param inner a rule with τ > 0
/// @param innerSteps updates between moves, ≥ 1; 0 for the stop rule
public record Comal(SelfPlayRule inner, int innerSteps) implements SelfPlayRule {

    private static final int LEAST_STEPS = 5;
    private static final double CLOSE = 0.1;

    /// Validates that there is a pull and something to move.
    public Comal {
        if (!(inner.tau() > 0)) {
            throw new IllegalArgumentException(
                    inner + " does not pull towards a reference; give COMAL a rule with tau > 0");
        }
        if (innerSteps < 0) {
            throw new IllegalArgumentException(
                    "innerSteps is " + innerSteps + "; it must be at least 1, or 0 for the stop rule");
        }
    }

    /// With the stop rule.
    public static Comal withStopRule(SelfPlayRule inner) {
        return new Comal(inner, 0);
    }

    @Override
    public double tau() {
        return 0;
    }

    @Override
    public void advance(Iterate iterate) {
        if (isDue(iterate)) {
            iterate.moveReference();
        }
        inner.advance(iterate);
    }

    private boolean isDue(Iterate iterate) {
        if (innerSteps > 0) {
            return iterate.sinceMoved() >= innerSteps;
        }
        return iterate.sinceMoved() >= LEAST_STEPS && iterate.gap(inner.tau()) <= CLOSE * iterate.gap(0);
    }
}
