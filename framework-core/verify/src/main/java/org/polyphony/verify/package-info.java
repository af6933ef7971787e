/// Recomputes what a solver claims about a preference game, from the game and the policy alone.
@NullMarked
package org.polyphony.verify;

import org.jspecify.annotations.NullMarked;
