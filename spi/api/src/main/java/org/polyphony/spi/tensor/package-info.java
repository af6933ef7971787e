/// What stages exchange: typed, shaped views of memory.
@Export
@Version("1.1.0")
@NullMarked
package org.polyphony.spi.tensor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
