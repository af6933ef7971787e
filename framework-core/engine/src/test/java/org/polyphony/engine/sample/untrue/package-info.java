/// A plugin that fails its own test.
@NullMarked
package org.polyphony.engine.sample.untrue;

import org.jspecify.annotations.NullMarked;
