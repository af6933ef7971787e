/// Who said what: judgments of judges about the candidates of items, and where they come from.
@Export
@Version("2.0.0")
@NullMarked
package org.polyphony.spi.preference;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
