/// Judgments as plain columns, judge splits, keyed randomness and the parallel loop that everything else here
/// is built
/// on.
@NullMarked
package org.polyphony.preferences;

import org.jspecify.annotations.NullMarked;
