/// A plugin whose calls do not end.
@NullMarked
package org.polyphony.engine.sample.stuck;

import org.jspecify.annotations.NullMarked;
