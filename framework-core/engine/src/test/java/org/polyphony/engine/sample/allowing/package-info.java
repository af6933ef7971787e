/// A plugin that allows every candidate.
@NullMarked
package org.polyphony.engine.sample.allowing;

import org.jspecify.annotations.NullMarked;
