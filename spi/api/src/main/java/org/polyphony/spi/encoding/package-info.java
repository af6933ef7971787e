/// Encoders, which turn texts into vectors.
@Export
@Version("1.0.0")
@NullMarked
package org.polyphony.spi.encoding;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
