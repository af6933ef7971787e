/// What profiles on features are worth on judgments held out, and how long they take.
@NullMarked
package org.polyphony.benchmarks.profiles;

import org.jspecify.annotations.NullMarked;
