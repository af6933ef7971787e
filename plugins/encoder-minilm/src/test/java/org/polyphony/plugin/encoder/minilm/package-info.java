@NullMarked
package org.polyphony.plugin.encoder.minilm;

import org.jspecify.annotations.NullMarked;
