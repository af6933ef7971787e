/// Tests of `engine.game`.
@NullMarked
package org.polyphony.engine.game;

import org.jspecify.annotations.NullMarked;
