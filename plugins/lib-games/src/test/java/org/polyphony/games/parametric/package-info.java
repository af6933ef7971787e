/// Tests of the parametric policy: gradients, equilibria on items that were not fitted, checkpoints.
@NullMarked
package org.polyphony.games.parametric;

import org.jspecify.annotations.NullMarked;
