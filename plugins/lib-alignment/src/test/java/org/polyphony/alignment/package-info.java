/// Tests of the loop over games.
@NullMarked
package org.polyphony.alignment;

import org.jspecify.annotations.NullMarked;
