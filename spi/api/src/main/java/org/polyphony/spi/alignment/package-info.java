/// The preference game, its solutions and the algorithms that find them.
@Export
@Version("2.0.0")
@NullMarked
package org.polyphony.spi.alignment;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
