/// Tests of reading files.
@NullMarked
package org.polyphony.plugin.source.files;

import org.jspecify.annotations.NullMarked;
