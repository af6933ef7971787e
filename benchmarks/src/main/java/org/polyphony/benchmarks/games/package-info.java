/// How fast preference games are solved.
@NullMarked
package org.polyphony.benchmarks.games;

import org.jspecify.annotations.NullMarked;
