/// Every population solver on the same seeded games, for the guide.
@NullMarked
package org.polyphony.benchmarks.solvers;

import org.jspecify.annotations.NullMarked;
