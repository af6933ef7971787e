/// Ballots in the formats of PrefLib.
@NullMarked
package org.polyphony.plugin.source.files.preflib;

import org.jspecify.annotations.NullMarked;
