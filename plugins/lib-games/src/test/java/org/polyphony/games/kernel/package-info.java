/// Tests of the kernels.
@NullMarked
package org.polyphony.games.kernel;

import org.jspecify.annotations.NullMarked;
