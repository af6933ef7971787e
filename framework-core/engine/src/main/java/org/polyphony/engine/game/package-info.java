/// Explicit games: from a file of tensors to policies and certificates.
@NullMarked
package org.polyphony.engine.game;

import org.jspecify.annotations.NullMarked;
