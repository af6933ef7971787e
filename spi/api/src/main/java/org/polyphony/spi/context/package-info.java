/// What the framework gives to every plugin call.
@Export
@Version("1.1.0")
@NullMarked
package org.polyphony.spi.context;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
