/// A plugin whose settings have code that runs when they are initialised.
@NullMarked
package org.polyphony.engine.sample.eager;

import org.jspecify.annotations.NullMarked;
