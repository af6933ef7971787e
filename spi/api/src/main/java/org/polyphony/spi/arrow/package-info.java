/// Tensors as Arrow vectors, for plugins that work with Arrow themselves. Versioned apart from the rest of
/// the SPI, because it follows Arrow's versions.
@Export
@Version("1.0.0")
@NullMarked
package org.polyphony.spi.arrow;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
