/// The files of the sentence encoder all-MiniLM-L6-v2.
@Export
@Version("1.0.0")
@NullMarked
package org.polyphony.lib.minilm;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
