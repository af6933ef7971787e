/// A plugin that misbehaves, as tests tell it to.
@NullMarked
package org.polyphony.distribution.hostile;

import org.jspecify.annotations.NullMarked;
