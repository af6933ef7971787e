/// Digests whose provider is chosen at start-up. Not exported.
@NullMarked
package org.polyphony.trust.digest;

import org.jspecify.annotations.NullMarked;
