@NullMarked
package org.polyphony.plugin.encoder.surface;

import org.jspecify.annotations.NullMarked;
