/// Contextual norms: which candidates a verified context allows.
@Export
@Version("2.0.0")
@NullMarked
package org.polyphony.spi.safety;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
