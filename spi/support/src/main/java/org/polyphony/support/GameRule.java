package org.polyphony.support;

import java.util.List;
import org.polyphony.spi.alignment.Game;

/// Solves one game in which at least one candidate is allowed. May hold scratch memory: one thread at a time.
@FunctionalInterface
public interface GameRule {

    /// Told the games of a chunk before [#solve] is asked for each of them: a rule that solves many at once does it
    /// here. Numbers that are no game are left to `solve`.
    default void prepare(List<Game> games) {}

    /// The answer; one that the rule did not bring to its tolerance says so, and is not an error.
    ///
    /// @throws IllegalArgumentException if the numbers are no game of this rule: what is wrong, and what to do
    Answer solve(Game game);
}
