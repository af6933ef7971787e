/// Tests of digests.
@NullMarked
package org.polyphony.support.digest;

import org.jspecify.annotations.NullMarked;
