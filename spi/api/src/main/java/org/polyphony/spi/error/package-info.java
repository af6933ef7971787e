/// What went wrong, who can fix it, and what to do.
@Export
@Version("1.0.0")
@NullMarked
package org.polyphony.spi.error;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
