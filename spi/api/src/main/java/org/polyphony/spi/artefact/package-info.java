/// Fitted things as data: what crosses a stage or a disk.
@Export
@Version("1.0.0")
@NullMarked
package org.polyphony.spi.artefact;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
