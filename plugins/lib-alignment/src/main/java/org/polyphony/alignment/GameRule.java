package org.polyphony.alignment;

/// Solves one game in which at least one candidate is allowed. May hold scratch memory: one thread at a time.
@FunctionalInterface
public interface GameRule {

    /// The answer; one that the rule did not bring to its tolerance says so, and is not an error.
    ///
    /// @throws IllegalArgumentException if the numbers are no game of this rule: what is wrong, and what to do
    Answer solve(Game game);
}
