/// Cooperative solutions: Nash bargaining, leximin, maxmin, group-robust.
@NullMarked
package org.polyphony.plugin.algorithm.welfare;

import org.jspecify.annotations.NullMarked;
