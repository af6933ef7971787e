/// Features of the surface of a text: its length, its words, its punctuation.
@NullMarked
package org.polyphony.plugin.encoder.surface;

import org.jspecify.annotations.NullMarked;
