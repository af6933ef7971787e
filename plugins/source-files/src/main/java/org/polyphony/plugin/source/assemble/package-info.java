/// From ids and values, row by row, to columns in their final order.
@NullMarked
package org.polyphony.plugin.source.assemble;

import org.jspecify.annotations.NullMarked;
