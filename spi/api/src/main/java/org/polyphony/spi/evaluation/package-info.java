/// What a study measures, as named metrics with intervals and counts, and what a reader is shown of it.
@Export
@Version("2.0.0")
@NullMarked
package org.polyphony.spi.evaluation;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
