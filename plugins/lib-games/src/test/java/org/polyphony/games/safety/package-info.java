/// Tests of safe preference games: the leak under a KL penalty, and that there is none without.
@NullMarked
package org.polyphony.games.safety;

import org.jspecify.annotations.NullMarked;
