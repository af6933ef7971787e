/// Language models and text encoders. Experimental: shapes may change until something implements them.
@Export
@Version("1.0.0")
@NullMarked
package org.polyphony.spi.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
