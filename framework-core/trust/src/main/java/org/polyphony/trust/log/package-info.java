/// An append-only log in which no record can be changed, removed or reordered unseen.
@NullMarked
package org.polyphony.trust.log;

import org.jspecify.annotations.NullMarked;
