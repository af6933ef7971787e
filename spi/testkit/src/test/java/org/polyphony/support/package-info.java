/// Tests of the loop over games.
@NullMarked
package org.polyphony.support;

import org.jspecify.annotations.NullMarked;
