/// Plugins that fail while they are constructed or tested.
@NullMarked
package org.polyphony.engine.sample.broken;

import org.jspecify.annotations.NullMarked;
