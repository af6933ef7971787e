/// What a study measures, as named metrics with intervals and counts.
@Export
@Version("1.0.0")
@NullMarked
package org.polyphony.spi.evaluation;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
