package org.polyphony.games.selfplay;

/// How one update of a self-play algorithm changes the policy. A value: everything that changes is in the
/// [Iterate], so one rule serves many games at once.
///
/// Rules are written on log-policies lp = log π, with the payoffs w = A π, A = P − 1/2 (the 1/2 cancels), the
/// reference lμ = log μ and N = subtract the log of the total mass. To add an algorithm, write a record with
/// its step and implement [#advance].
public interface SelfPlayRule {

    /// KL weight τ of the regularised game whose equilibrium the rule aims at; 0 where that is the game
    /// itself.
    double tau();

    /// One update.
    void advance(Iterate iterate);
}
