/// How a bundle declares what it provides and which settings it takes.
@Export
@Version("1.4.0")
@NullMarked
package org.polyphony.spi.plugin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
