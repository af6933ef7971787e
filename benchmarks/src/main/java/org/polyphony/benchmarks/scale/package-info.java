/// Studies of any size, to see what a run takes.
@NullMarked
package org.polyphony.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
