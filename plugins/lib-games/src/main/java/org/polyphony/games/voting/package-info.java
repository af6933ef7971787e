/// Voting rules on preferences and ballots, with the axioms that each one satisfies.
@NullMarked
package org.polyphony.games.voting;

import org.jspecify.annotations.NullMarked;
