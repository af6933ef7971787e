/// A plugin of which a test makes versions, good ones and bad ones.
@NullMarked
package org.polyphony.engine.sample.updating;

import org.jspecify.annotations.NullMarked;
