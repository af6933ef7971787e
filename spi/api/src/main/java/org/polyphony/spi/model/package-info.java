/// Language models. Experimental: of a 0.x package every minor version may change everything, so that plugins import
/// the one they were built with and no other.
@Export
@Version("0.1.0")
@NullMarked
package org.polyphony.spi.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
