/// Tests of what may be said about seats.
@NullMarked
package org.polyphony.preferences.verdict;

import org.jspecify.annotations.NullMarked;
