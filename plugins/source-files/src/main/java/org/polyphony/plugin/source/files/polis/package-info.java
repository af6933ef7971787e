/// Vote matrices of Polis conversations.
@NullMarked
package org.polyphony.plugin.source.files.polis;

import org.jspecify.annotations.NullMarked;
