/// Games: assembled from estimated preferences and a review, or read from a file of tensors and solved.
@NullMarked
package org.polyphony.engine.game;

import org.jspecify.annotations.NullMarked;
