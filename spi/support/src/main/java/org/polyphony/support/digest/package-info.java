/// Digests of content; apart from the toolkit of solvers, so that a bundle embeds no more than it uses.
@NullMarked
package org.polyphony.support.digest;

import org.jspecify.annotations.NullMarked;
