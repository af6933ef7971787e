/// The two-player family: self-play dynamics on a preference game, and COMAL around them.
@NullMarked
package org.polyphony.plugin.algorithm.selfplay;

import org.jspecify.annotations.NullMarked;
