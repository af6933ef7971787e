/// A plugin that uses everything a call is given.
@NullMarked
package org.polyphony.engine.sample.busy;

import org.jspecify.annotations.NullMarked;
