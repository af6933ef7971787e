/// A scorer that tells when it opens and closes.
@NullMarked
package org.polyphony.engine.sample.opening;

import org.jspecify.annotations.NullMarked;
