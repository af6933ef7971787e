/// Names: their order, and the one that was probably meant.
@NullMarked
package org.polyphony.plugin.source.naming;

import org.jspecify.annotations.NullMarked;
