/// Named places in the pipeline, and the plugin versions that fill them one after the other without losing a
/// call: counted leases, blue/green swaps, at most two live generations.
@NullMarked
package org.polyphony.engine.slot;

import org.jspecify.annotations.NullMarked;
