/// How often the verdicts about seats are right, on generated studies whose truth is known.
@NullMarked
package org.polyphony.benchmarks.verdicts;

import org.jspecify.annotations.NullMarked;
