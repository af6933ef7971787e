/// Tests of slots, with bundles made on the fly.
@NullMarked
package org.polyphony.engine.slot;

import org.jspecify.annotations.NullMarked;
