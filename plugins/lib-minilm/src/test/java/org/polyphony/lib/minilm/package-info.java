@NullMarked
package org.polyphony.lib.minilm;

import org.jspecify.annotations.NullMarked;
