/// Tests of the two-player family against published, public and self-computed numbers and against its theory.
@NullMarked
package org.polyphony.games.selfplay;

import org.jspecify.annotations.NullMarked;
