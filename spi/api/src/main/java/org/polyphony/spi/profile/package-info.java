/// What people and groups value: learned profiles and the preferences they predict.
@Export
@Version("2.1.0")
@NullMarked
package org.polyphony.spi.profile;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
