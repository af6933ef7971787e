package org.polyphony.games.parametric;

/// Whose equilibrium is fitted.
public enum FitGame {
    /// One policy against itself in the mixture's game, the reference moving to the current policy each
    /// round (COMAL): towards the equilibrium of the unregularised game.
    POPULATION,
    /// One policy against itself, the reference fixed at μ: towards the equilibrium at τ.
    REGULARISED_POPULATION,
    /// One policy per stakeholder, each against the mean of the others' (a copy of itself where it is
    /// alone), the reference fixed at μ, τ coming down by halves from where the equilibrium is unique.
    STAKEHOLDER
}
