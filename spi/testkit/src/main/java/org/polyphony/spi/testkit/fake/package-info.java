/// Small deterministic plugins of every role: they keep their contract, hold no surprises, and stand in for
/// the parts a test is not about.
@NullMarked
package org.polyphony.spi.testkit.fake;

import org.jspecify.annotations.NullMarked;
