/// Tests of the score package.
@NullMarked
package org.polyphony.preferences.score;

import org.jspecify.annotations.NullMarked;
