package org.polyphony.verify;

/// A reason why a result is not accepted. Violations are data: the verifier collects them and never drops one.
///
/// @param kind what sort of rule was broken, for programs
/// @param message what, the value seen, and what to do, for people
public record Violation(Kind kind, String message) {

    /// The rules a game or an answer can break.
    public enum Kind {
        /// An array of another length than the game asks for.
        SHAPE,
        /// A NaN or an infinity.
        NOT_FINITE,
        /// A probability outside [0, 1].
        NOT_A_PROBABILITY,
        /// A mass below 0.
        NEGATIVE_MASS,
        /// Masses that do not sum to 1.
        NOT_NORMALISED,
        /// P + Pᵀ is not 1.
        NOT_COMPLEMENTARY,
        /// Mass on a candidate that may not be answered with.
        DISALLOWED_MASS,
        /// No candidate may be answered with, so that there is no game.
        NO_CANDIDATE,
        /// A reference without mass where the policy has some, at τ > 0.
        REFERENCE_SUPPORT,
        /// A temperature that is negative or not finite.
        TEMPERATURE,
        /// A stakeholder game without an opponent.
        NO_OPPONENT
    }
}
